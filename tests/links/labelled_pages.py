# ruff: noqa: E501
"""Pages as sites show them, labelled by hand: what each is, whatever its status says.

Written for this test after how such pages look, never copied: only titles, headings and the few words that matter. One
page a line: ``label | title | heading | text | options``, where an empty part is missing and ``¦`` stands for the bar
that sites put between the parts of a title. Labels are ``gone`` (not there, whatever the status), ``parked``, ``wall``
(proves that somebody is a person), ``login`` (log-in, consent, subscription) and ``good``. Options:

* ``long``     the page has much more text: of good pages an article, of others a site's menus and footers; ``list``
  makes it a list of links
* ``from=``, ``to=``  the paths or addresses that were asked and that answered in the end (default: /a/b.html, itself)
* ``status=``  another status than 200
* ``password`` a field for a password;  ``markup=`` raw markup at the end of the body;  ``header=`` a header
* ``words=``   a name that the entry gives
"""

from __future__ import annotations

from dataclasses import dataclass, field

HOST = "https://www.quiet-harbor.org"

_GONE = """
404 Not Found | Not Found | The requested URL was not found on this server.
404 | 404 | Page not found
Error 404 | | Oops
Page not found ¦ University of Somewhere | Page not found | The page you are looking for does not exist. | long
University of Somewhere: Page Not Found | | | long
Page Not Found - Journal of Things | 404 | Search our site | long
Not Found (#404) | Not Found (#404) | The above error occurred
HTTP Status 404 – Not Found | HTTP Status 404 – Not Found | Type Status Report
Object not found! | Object not found! | The requested URL was not found on this server. If you entered the URL manually
File not found - Quiet Harbor | | | long
Quiet Harbor | Oops! That page can’t be found. | It looks like nothing was found at this location. Maybe try a search?
Page not found – Quiet Harbor | Oops! That page can’t be found. | Maybe try one of the links below or a search? | long
Nothing found for A B | Nothing Found | Sorry, but nothing matched | long
We can't find that page | We can't find that page | Go home | long
Sorry, we can’t find that page ¦ Quiet Harbor | Sorry, we can’t find that page | | long
Sorry, this page isn't available | Sorry, this page isn't available. | The link you followed may be broken
This page isn’t available ¦ Quiet Harbor | This page isn’t available | | long
Page Unavailable | Page unavailable | The page you requested is unavailable | long
Quiet Harbor | We're sorry, the page you requested cannot be found | Check the address | long
Quiet Harbor | | Sorry, the page you requested was not found. Home Contact
Quiet Harbor | | The requested page could not be found.
Content not found ¦ Publisher | | | long
Article not found | Article not found | | long
Article Not Found - Journal | The article you are looking for was not found | | long
This article is no longer available | | | long
This content is no longer available | This content is no longer available | | long
Sorry, this page is no longer available | | | long
The page you requested no longer exists | | | long
The page has been removed ¦ Agency | The page has been removed | | long
This page has been deleted | | | long
Page removed | Page removed | | long
DOI Not Found | DOI Not Found | This DOI cannot be found in the DOI System. | long
Record not found | Record not found | | long
No record found - Catalogue | | | long
Item not found ¦ Repository | Item not found | | long
Item cannot be found | The item you requested cannot be found | | long
Invalid article ID | Invalid article ID |
Invalid URL | | The requested URL was not found | status=200
Resource not found | | | long
Document not found | | | long
Requested page not found - Health Organization | | | long
Product not found ¦ Books | Product not found | | long
Book not found | Book not found | | long
Whoops! Page not found | | | long
Uh-oh! Page not found. | Uh-oh! | | long
Ooops... Error 404 | | We are sorry, but the page you are looking for does not exist
Oh no! 404 | | | long
404: This page could not be found. | 404 | This page could not be found.
404: NOT_FOUND | 404: NOT_FOUND | Code: NOT_FOUND
404 - File or directory not found. | Server Error | 404 - File or directory not found. The resource you are looking for might have been removed
The resource cannot be found. | Server Error in '/' Application. | The resource cannot be found.
Site not found · GitHub Pages | 404 | There isn't a GitHub Pages site here.
Page not found · GitHub Pages | 404 | File not found
Error: Page Not Found | | | long
Page does not exist | | | long
The page does not exist - Wiki | | | long
You've reached a dead end ¦ Museum | 404 | | long
Lost? Page not found | | | long
Broken link | Broken link | The page you tried to reach does not exist | long
Quiet Harbor | Error 404 | | long
Quiet Harbor | 404 error: page not found | | long
Quiet Harbor | Page not found | We have a new website, and the page may have moved. | long
Quiet Harbor | Page Not Found (404) | | long
Quiet Harbor | | | long to=/404
Quiet Harbor | | | long to=/errors/404.html
Quiet Harbor | | | long to=/page-not-found
Quiet Harbor | | | long to=/error/notfound?aspxerrorpath=/a/b.html
Quiet Harbor | Welcome | | long to=/
Quiet Harbor | Welcome | | long to=/index.html
Quiet Harbor | Welcome | | long to=/en/
Other Place | Welcome | | long from=/papers/2009/x.pdf to=https://www.other-place.org/
Seite nicht gefunden | Seite nicht gefunden | | long
Fehler 404 – Seite nicht gefunden ¦ Universität | | | long
404 - Die Seite wurde nicht gefunden | | | long
Diese Seite existiert nicht mehr | | | long
Diese Seite existiert leider nicht ¦ Verein | | | long
Die gewünschte Seite konnte leider nicht gefunden werden | | | long
Seite nicht verfügbar | | | long
Dokument nicht gefunden | | | long
Inhalt nicht gefunden - Bundesamt | Inhalt nicht gefunden | | long
Hoppla! Diese Seite gibt es nicht | Diese Seite gibt es nicht. | | long
Ups! Die Seite ist nicht mehr verfügbar. | | | long
Verein | Die von Ihnen gesuchte Seite wurde nicht gefunden | | long
Verein | | Die angeforderte Seite wurde leider nicht gefunden. Zur Startseite
Page introuvable | | | long
Page introuvable ¦ Ministère | Page introuvable | | long
Page non trouvée - Erreur 404 | | | long
Erreur 404 ¦ Université | | | long
Cette page n'existe pas | | | long
Cette page n’existe plus | Cette page n’existe plus | | long
Oups ! Cette page est introuvable | | | long
La page demandée n'a pas été trouvée | | | long
La page que vous recherchez n'existe pas | | | long
Désolé, cette page n'est plus disponible | | | long
Document introuvable | | | long
Association | La page que vous cherchez est introuvable | | long
Página no encontrada | | | long
Página no encontrada ¦ Universidad | Error 404 | | long
Error 404: la página no existe | | | long
La página solicitada no existe | | | long
No se ha encontrado la página | | | long
No se encuentra la página | | | long
Lo sentimos, la página que busca no existe | | | long
Esta página ya no existe | | | long
Esta página ya no está disponible | | | long
Universidad | ¡Ups! No encontramos la página | | long
Pagina non trovata | | | long
Errore 404 - Pagina non trovata ¦ Università | | | long
La pagina richiesta non esiste | | | long
La pagina che stai cercando non è stata trovata | | | long
Spiacenti, la pagina non è più disponibile | | | long
Pagina inesistente | | | long
Università | Ops! La pagina non esiste | | long
Pagina niet gevonden | | | long
Pagina niet gevonden ¦ Rijksinstituut | Pagina niet gevonden | | long
Deze pagina bestaat niet | | | long
Deze pagina bestaat niet (meer) | | | long
Helaas, deze pagina kan niet worden gevonden | | | long
Oeps! De pagina is niet gevonden | | | long
Página não encontrada | | | long
Página não encontrada - Universidade | | | long
Erro 404 | Página não encontrada | | long
A página que procura não existe | | | long
Esta página não existe mais | | | long
Ops! Não encontramos esta página | | | long
Página inexistente | | | long
Nie znaleziono strony | | | long
Strona nie została znaleziona | | | long
Strona nie istnieje ¦ Uniwersytet | Strona nie istnieje | | long
Błąd 404 - nie znaleziono strony | | | long
Podana strona nie istnieje | | | long
Przepraszamy, strona nie została odnaleziona | | | long
ページが見つかりません | | | long
ページが見つかりませんでした ¦ 大学 | | | long
お探しのページは見つかりませんでした | | | long
指定されたページは存在しません | | | long
404 エラー | お探しのページが見つかりません | | long
大学 | ご指定のページが見つかりません | | long
页面不存在 | | | long
抱歉，您访问的页面不存在 | | | long
404 - 找不到页面 | | | long
无法找到该页 | | | long
大学 | 抱歉，页面未找到 | | long
您要访问的页面已被删除 | | | long
找不到網頁 | | | long
頁面不存在 ¦ 大學 | | | long
Страница не найдена | | | long
Ошибка 404 - Страница не найдена | | | long
Запрашиваемая страница не существует | | | long
К сожалению, страница не найдена | | | long
Документ не найден | | | long
Такой страницы не существует | | | long
Университет | Страница не найдена (404) | | long
Sidan hittades inte | | | long
Sidan kunde inte hittas ¦ Myndigheten | | | long
Siden blev ikke fundet | | | long
Siden finnes ikke | | | long
Fant ikke siden | | | long
Sivua ei löytynyt | | | long
Stránka nenalezena | | | long
Požadovaná stránka nebyla nalezena | | | long
Sayfa bulunamadı | | | long
Η σελίδα δεν βρέθηκε | | | long
Az oldal nem található | | | long
Pagina nu a fost găsită | | | long
페이지를 찾을 수 없습니다 | | | long
Trang không tồn tại | | | long
الصفحة غير موجودة | | | long
Welcome to nginx! | Welcome to nginx! | If you see this page, the nginx web server is successfully installed
Apache2 Ubuntu Default Page: It works | Apache2 Default Page | This is the default welcome page
IIS Windows Server | | Internet Information Services
Account Suspended | Account Suspended | This account has been suspended. Contact your hosting provider
Site not configured | | There is no website configured at this address
Default Web Site Page | SORRY! | If you are the owner of this website
"""

_PARKED = """
quiet-harbor.org is for sale | quiet-harbor.org | Make an offer
quiet-harbor.org - This website is for sale! - Harbor Resources and Information. | | Related searches
quiet-harbor.org | | This domain is for sale. Buy now
Quiet-Harbor.org for sale | The domain quiet-harbor.org is for sale | Get a price in less than 24 hours
HugeDomains.com | Quiet-Harbor.org is for sale | Buy this domain | to=https://www.hugedomains.com/domain_profile.cfm?d=quiet-harbor.org
Domain for sale | The domain name quiet-harbor.org is for sale | | long
The domain name quiet-harbor.org is for sale ¦ Dan | | | long to=https://dan.com/buy-domain/quiet-harbor.org
quiet-harbor.org | Buy this domain | The domain quiet-harbor.org may be for sale by its owner! Related links
quiet-harbor.org | | Related Searches: Health Insurance Polio Travel Privacy Policy
quiet-harbor.org | | Related searches | to=http://ww25.quiet-harbor.org/a/b.html?subid1=20260101
quiet-harbor.org | | | to=http://ww1.quiet-harbor.org/
quiet-harbor.org | | | markup=<script>window.onload=function(){window.location.href="/lander"}</script>
Loading... | | | markup=<script>window.park="eyJ1dWlkIjoi";</script><script src="https://www.parkingcrew.net/x.js"></script>
quiet-harbor.org | | | markup=<script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>
quiet-harbor.org | | | markup=<iframe src="https://sedoparking.com/frmpark/quiet-harbor.org"></iframe>
quiet-harbor.org | | | markup=<script src="https://js.bodis.com/parking.js"></script>
Parked Domain name on Hostinger DNS system | | Happy to see your domain with Hostinger!
Parked domain | This domain is parked | Renew it now
This domain has expired | | If you are the owner, renew it
quiet-harbor.org - Registered at Namecheap.com | | This domain was recently registered at Namecheap. Please check back later!
Welcome to quiet-harbor.org | | This Web page is parked for FREE, courtesy of GoDaddy.com.
quiet-harbor.org | Diese Domain steht zum Verkauf | quiet-harbor.org kaufen
quiet-harbor.org steht zum Verkauf | | Der Inhaber bietet diese Domain an
quiet-harbor.org | Ce nom de domaine est à vendre | Faire une offre
quiet-harbor.org | | Le domaine quiet-harbor.org est à vendre
quiet-harbor.org | Este dominio está en venta | Contacte con el propietario
quiet-harbor.org | Questo dominio è in vendita | Fai un'offerta
quiet-harbor.org | Dit domein is te koop | Doe een bod
Domena quiet-harbor.org jest na sprzedaż | | Kup tę domenę
Домен quiet-harbor.org продаётся | | Купить домен
quiet-harbor.org | | 该域名正在出售
quiet-harbor.org | Inquire about this domain | | long
Premium Domain Names | This premium domain name is available for purchase | | long
quiet-harbor.org is available for purchase - Sedo.com | | | long
Domain Default page | Web Server's Default Page | This page is generated by Plesk
"""

_WALLS = """
Just a moment... | Checking if the site connection is secure | Enable JavaScript and cookies to continue
Just a moment... | | | status=403 header=cf-mitigated:challenge
Attention Required! ¦ Cloudflare | Sorry, you have been blocked | You are unable to access quiet-harbor.org | long
Access denied | Access denied | You do not have permission to access this site | status=403
Access Denied | Access Denied | You don't have permission to access this server. Reference #18.2d351ab8.1557333295.a4e16ab
Access to this page has been denied. | | Please verify you are a human | markup=<div id="px-captcha"></div>
Access to this page has been denied | Press & Hold to confirm you are a human |
quiet-harbor.org | | | markup=<script>var dd={'rt':'c','cid':'A','host':'geo.captcha-delivery.com'}</script><script src="https://ct.captcha-delivery.com/c.js"></script>
 | | | markup=<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9"></iframe>
 | | Request unsuccessful. Incapsula incident ID: 877000120008-1
Pardon Our Interruption | Pardon Our Interruption... | As you were browsing something about your browser made us think you were a bot.
Robot Check | Enter the characters you see below | Sorry, we just need to make sure you're not a robot.
Are you a robot? | Are you a robot? | Please confirm you are a human by completing the captcha challenge below.
ScienceDirect | Are you a robot? | Please confirm you are a human
Security Check | | Please complete the security check to access
Human Verification | | | markup=<script src="https://x.token.awswaf.com/x/challenge.js"></script>
Verify you are human | | One more step
Verifying you are human. This may take a few seconds. | |
Client Challenge | | JavaScript is disabled in your browser. Please enable JavaScript to proceed.
Radware Bot Manager Captcha | | We apologize for the inconvenience
Validate User | | Please complete the challenge
Making sure you're not a bot! | Making sure you're not a bot! | Loading...
DDoS-Guard | Checking your browser before accessing quiet-harbor.org |
One moment, please... | Please wait while your request is being verified... |
You have been blocked | You have been blocked |
Request Rejected | | The requested URL was rejected. Please consult with your administrator. Your support ID is: 1
403 Forbidden | 403 Forbidden |
Forbidden | Forbidden | You don't have permission to access this resource
Sucuri WebSite Firewall - Access Denied | Access Denied - Sucuri Website Firewall | | long
Error - Cookies Turned Off | | | long
Cookies required | Cookies must be enabled | | long
Please enable JavaScript to view the page content. | | Your support ID is: 1
Bitte bestätigen Sie, dass Sie kein Roboter sind | |
Einen Moment bitte... | | Sie werden gleich weitergeleitet
Un instant... | |
Un momento... | |
Captcha | Captcha | Enter the letters
Browser check | Checking your browser | | status=503
Please wait... ¦ Cloudflare | | Checking your browser before accessing | status=503
Too Many Requests | Too Many Requests | | status=429
Unusual traffic from your computer network | |
Vérification de sécurité | Vérifiez que vous êtes humain |
安全验证 | | 请完成下方验证后继续操作
Проверка браузера | Проверяем ваш браузер |
"""

_LOG_IN = """
Log in | Log in | | password
Sign in ¦ Library | | | password long
Login - Quiet Harbor | Please log in | | password long
Login | | | long to=/login?next=/a/b.html
Sign in to your account | | | to=https://login.microsoftonline.com/common/oauth2/authorize
Central Authentication Service | | | to=https://cas.university.edu/cas/login?service=x password
Shibboleth Authentication Request | | | to=https://idp.university.edu/idp/profile/SAML2/Redirect/SSO
Select your institution | | | long to=https://wayf.quiet-harbor.org/wayf
OpenAthens / Sign in | | | to=https://login.openathens.net/auth
EZproxy Login | | | password
Anmelden ¦ Bibliothek | Anmelden | | password long
Anmeldung | | | password
Connexion | Connexion | | password
Se connecter - Bibliothèque | | | password long
Identification requise | | | password
Iniciar sesión | | | password
Iniciar sesión ¦ Biblioteca | | | password long
Accedi | | | password
Inloggen | | | password
Logga in | | | password
Entrar - Biblioteca | Entrar | | password long
Zaloguj się | Zaloguj się | | password long
Вход | | | password
ログイン | ログイン | | password long
登录 | 用户登录 | | password long
Before you continue to YouTube | | | long to=https://consent.youtube.com/m?continue=x
Before you continue | | | long
Bevor Sie zu Google weitergehen | | | long to=https://consent.google.com/ml?continue=x
We value your privacy | We value your privacy | | to=/consent?return=/a/b.html
Cookie consent | | We use cookies
Your privacy choices | | | long
Datenschutzeinstellungen | | Wir verwenden Cookies
Subscribe to continue reading | | | long
Register to continue | | | password
Authentication required | | | password
Member Login | | | password long
Please sign in | | | password
Account login | | | password
"""

_GOOD = """
Missing persons not found in the records of 1946 | Missing persons not found in the records of 1946 | | long
Evidence not found: A systematic review - Journal | Evidence not found: A systematic review | | long
404 Not Found: The art of error pages ¦ Design Blog | 404 Not Found: The art of error pages | | long words=404 Not Found: The art of error pages
404 Not Found: The art of error pages | 404 Not Found: The art of error pages | | long from=/404-not-found-art
HTTP 404 - Wikipedia | HTTP 404 | In computer network communications | long from=/wiki/HTTP_404
List of HTTP status codes - Wikipedia | List of HTTP status codes | | long
410 Gone - HTTP ¦ Web Docs | 410 Gone | | long from=/docs/Web/HTTP/Status/410
404 Not Found - HTTP ¦ Web Docs | 404 Not Found | | long from=/docs/Web/HTTP/Status/404
How to find a page that no longer exists | How to find a page that no longer exists | | long
Why pages disappear: link rot in law reviews | Why pages disappear | This page has been removed, says the browser. | long
What to do when a page is not found | | | long
OWL 2 Document Overview | OWL 2 Web Ontology Language | The paragraph has been removed from the Status section. | long
Change log | Changes | This section has been removed. The page has been deleted in version 2. | long
Content no longer available: Preserving digital news | | | long
Gone: A photographic archive of vanished shops | | | long
The Missing Page | | A play in two acts | long
Missing page: reading an incomplete manuscript | | | long
The lost pages of the codex | | | long
Page, not found: Notes on a lost chapter ¦ Review | | | long
Polymerase was not found in the samples | | | long
No evidence of harm was found | | | long
Nothing found: Null results in medicine | | | long
Nothing to see here? | | | long
Error | | An account of observational error in astronomy | long
Error analysis in second language learning | | | long
Errors, and how to make them | | | long
Sorry seems to be the hardest word | | | long
Oops! How drug labels mislead | | | long
Whoops: Slips in the operating theatre | | | long
Object not found? Object permanence in infants | | | long
Not Found ¦ A novel by an author | Not Found | A novel. Buy the book. | long words=Not Found
Record not found: Archives of slavery | | | long
Dead end: The history of the cul-de-sac | | | long
Room 404 | | A story | long
Peugeot 404 | Peugeot 404 | | long
Highway 404 (Ontario) | Ontario Highway 404 | | long
Area code 404 | | | long
Access denied: A history of segregation in hospitals | Access denied | | long
Access denied? Disabled people and public transport | | | long
Access Denied: The Practice and Policy of Global Internet Filtering | Access Denied | | long words=Access Denied
Forbidden knowledge | | | long
Forbidden: A tale of two cultures | | | long
Just a moment in time | | | long
One moment: photographs | | | long
Are you a robot? Consciousness and machines | Are you a robot? | | long
Are we robots? | | | long
Robots in surgery | | | long
CAPTCHA: Using hard AI problems for security | CAPTCHA | | long
Solving CAPTCHAs with convolutional networks | | To continue, prove that you are human, such tests say. | long
Captcha - Wikipedia | CAPTCHA | | long
Security check-in at hospitals | | | long
Human verification of machine translation | | | long
Checking your browser history: A privacy study | | | long
Verification required: fact-checking in newsrooms | | | long
Unusual traffic patterns in Roman cities | | | long
You have been blocked: Moderation on social media | | | long
Please enable cookies: a history of consent | | | long
Captcha and accessibility for the blind | | | long markup=<script src="https://www.google.com/recaptcha/api.js"></script>
A study of sleep ¦ Journal | A study of sleep | | long markup=<script src="/_Incapsula_Resource?SWJIYLWA=7"></script>
A study of gait ¦ Journal | A study of gait | | long markup=<script src="https://ct.captcha-delivery.com/c.js"></script>
A study of voice ¦ Journal | A study of voice | | long markup=<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>
Login effects in social networks | | | long password
Login and password habits of nurses | | | long password
Sign in: Languages of the deaf | | | long
Signs in neurology | | | long password
Connexions: an anthology | | | long password
Intravenous immunoglobulin for post-polio syndrome | Intravenous immunoglobulin | Log in to read the full text. Subscribe. | long password
The abstract of an article ¦ Publisher | The abstract of an article | Access through your institution. Purchase PDF. Sign in | long password
Consent forms in clinical trials | | | long
Cookie consent: Dark patterns after the GDPR | Cookie consent | | long
Your privacy choices and mine: an essay | | | long
We value your privacy: Platform rhetoric | | | long
Cookies and privacy | | Recipe and law | long
Subscribe: The economics of newsletters | | | long
Registration of births ¦ Archive | | | long
Identification of polio survivors | | | long password
Connexion entre les deux mondes | | | long
Anmeldung zur Tagung: Programm | | | long
Domains for sale: A market study | | The domain harbor.com is for sale, a notice said. This domain may be for sale. | long
The market for domain names | | Buy this domain, says the banner that greets a visitor | long
Cybersquatting and the law | | One page read "this domain is for sale". | long
Expired: The afterlife of domain names | | This domain has expired, it said. | long
Parked: Cars and the city ¦ Transport Blog | Parked | | long
Parking in cities: What it costs | | Domain parking is another matter. | long
Domain parking revisited: an empirical study | Domain parking revisited | | long
Domain parking | Domain parking | In domain parking, a page is shown | long from=/wiki/Domain_parking
Parked domains and typosquatting: A measurement study | | | long words=Parked domains and typosquatting
Parked page analysis of 8 million sites | | | long
Houses for sale, 1930 | | | long
Website for sale or rent: the economy of blogs | | | long
The domain of the sale | | | long
This website is for sale: An ethnography | | | long words=This website is for sale: An ethnography
The hospital is for sale | | | long
Amazon.com is for sale everywhere: A critique | | | long
Expired patents | | | long
Coming soon to a theatre near you: A study of trailers | | | long
Under construction: Gender in building trades | Under construction | | long
Under construction: The idea of the cathedral ¦ Press | | | long
It works: Ten years of vaccination | | | long
Welcome to nginx - Documentation | | | long
Account suspended: Freedom of speech on platforms | | | long
Suspended accounts on social media | | | long
Harbor Society | Welcome | Our society meets every month. | from=/
Harbor Society | | Journal volume 3. Contents. 1. Editorial. 2. Letters
Contact | Contact | Quiet Harbor, 1 Road, Town
Table 2 | | Patients 12 Controls 14
Erratum | Erratum | In the article by Patwa, page 1009, line 3 should read
Figure 1 | Figure 1 |
Poem | | Two roads met
Errata for the second edition | | Page 404: for "found" read "not found"
Page 404 | | Scan of page 404 of the folio
Chapter 404 | | Title XII
Section 404 permits ¦ Agency | Section 404 of the Clean Water Act | | long
CWA Section 404 | | | long
Title 404 Rule | | | long from=/rules/404
The page you are looking at | | An essay on reading | long
Was nicht gefunden wurde: Funde und Lücken | | | long
Nicht gefunden | Nicht gefunden: Gedichte | | long words=Nicht gefunden
Vermisst und nicht gefunden | | | long
Die Seite des Anderen | | | long
Der Fehler im System | | | long
Introuvable: Enquête sur un manuscrit | | | long
La page blanche | | | long
L'erreur humaine | | | long
No encontrado: Relatos | | | long words=No encontrado
La página en blanco | | | long
Errores de medicación | | | long
Chi l'ha visto? Persone non trovate | | | long
Verdwenen en niet gevonden | | | long
De verloren pagina | | | long
Desaparecidos e não encontrados | | | long
Zaginieni i nieodnalezieni | | | long
見つからない本 | | | long
页面设计的历史 | | | long
Не найдено: хроника экспедиции | | | long
Страница истории | | | long
Quiet Harbor Journal, vol. 3 | Vol. 3 | | long from=/ to=/en/
Quiet Harbor | Welcome | | long from=/ to=/index.html
New address of a study ¦ Journal | New address of a study | | long to=/articles/2009/a-study
Departments | Department of Neurology | | long from=/neurology to=https://neurology.quiet-harbor.org/
A study of walking ¦ Journal | A study of walking | | long to=/a/b
Login to health: access to care ¦ Journal | Login to health | | long from=/login-to-health
Single sign-on for hospitals | | | long from=/docs/sso
Consent | Consent | On the doctrine of informed consent | long from=/entries/informed-consent/
The 404 error and the library | | | long
What is a soft 404? | What is a soft 404? | | long
No longer available: Medicines withdrawn from the market | | | long
Removed: Photographs without phones | | | long
Deleted scenes | | | long
Unavailable: Medicines shortages in Europe | | | long
The requested article: interlibrary loan | | | long
Resource not found? Open data in practice | | | long
File not found: Archives and loss ¦ Conference | File not found: Archives and loss | | long
We can't find that page: Scanning the missing issues | | | long
Lost and found | | | long
"""


# What follows was written when the first rules stood: of these 144 pages, new to them, no good one was called dead, and
# 74 % of those gone or parked were found. The rules were then widened with them in mind.

_GONE_MORE = """
Page Not Found ¦ Harbor Health Foundation | Looks like you're lost | | long
Oops, something went wrong: 404 | | | long
404 | Quiet Harbor | 404 | Sorry, we couldn't find what you were looking for. | long
404 - Page Not Found ¦ National Institute | 404 | The page you were trying to view does not exist | long
The page you're looking for can't be found | | | long
We’re sorry, that page doesn’t exist | | | long
We have moved - page not found | | | long
Publication not available | | | long
Sorry! The page you were looking for has been removed | | | long
Error 410: Gone | | | long
Document no longer available - Agency | | | long
Library Catalogue: record not found | Record not found | | long
This document does not exist | | This document does not exist.
Not Found - Wiki | Not found | There is currently no text in this page. | long
Error: 404 | Oops! | We looked everywhere. | long
No such page | No such page | | long
The requested resource (/a/b.html) is not available | | | long
Sorry, the article you requested is no longer online | | | long
Harbor ¦ 404 Error Page | | | long
PAGE NOT FOUND | PAGE NOT FOUND | | long
Quiet Harbor | Sorry, this page doesn't exist | | long
Quiet Harbor | Sorry | | to=/sorry.html
Quiet Harbor | | Something went wrong. | to=/errors/
Quiet Harbor | Hmm. We can't find that page. | |
Quiet Harbor | | We cannot find the page you are looking for.
Quiet Harbor | | | long to=/404.aspx
Quiet Harbor | | | long to=/en/page-not-found.html
Quiet Harbor | | | long to=/notfound
Seite existiert nicht ¦ Ministerium | | | long
Ihre gesuchte Seite wurde leider nicht gefunden | | | long
404 – Leider konnten wir die Seite nicht finden | | | long
Der Artikel ist nicht mehr verfügbar | | | long
Kein Eintrag gefunden | Kein Eintrag gefunden | | long
La page n'a pas pu être trouvée | | | long
Article introuvable - Revue | Article introuvable | | long
Erreur : la page n'existe plus | | | long
El artículo no existe | | | long
Contenido no disponible | | | long
Recurso no encontrado - Repositorio | | | long
Il documento richiesto non è disponibile | | | long
Articolo non trovato | | | long
De opgevraagde pagina bestaat niet meer | | | long
Conteúdo não disponível | | | long
O artigo não foi encontrado | | | long
Nie odnaleziono takiej strony | | | long
Artykuł nie istnieje | | | long
アクセスしようとしたページが見つかりません | | | long
このページは存在しないか、削除されました | | | long
很抱歉，您查看的页面找不到了 | | | long
该文章已被删除 | | | long
Запрошенная страница не найдена | | | long
Статья не найдена | | | long
"""

_PARKED_MORE = """
quiet-harbor.org | quiet-harbor.org | The domain quiet-harbor.org is for sale!
quiet-harbor.org may be for sale | | | long
Own this domain today | Own this domain today | quiet-harbor.org
quiet-harbor.org - Domain Name For Sale | | | long
This domain name has just been registered. | | Welcome
quiet-harbor.org | | | markup=<script src="https://www.google.com/adsense/domains/caf.js"></script>
quiet-harbor.org | | | to=https://www.afternic.com/forsale/quiet-harbor.org
quiet-harbor.org | | | to=https://sedo.com/search/details/?domain=quiet-harbor.org
quiet-harbor.org | | | to=http://ww38.quiet-harbor.org/
Domain zu verkaufen: quiet-harbor.org | | Preis auf Anfrage
quiet-harbor.org está a la venta | | Haga una oferta
quiet-harbor.org is te koop | | Bod uitbrengen
"""

_WALLS_MORE = """
Just a moment... | quiet-harbor.org | Verifying you are human. This may take a few seconds. | markup=<script>window._cf_chl_opt={}</script>
quiet-harbor.org | | Please enable JS and disable any ad blocker | markup=<script src="https://ct.captcha-delivery.com/i.js"></script>
Access denied ¦ quiet-harbor.org used Cloudflare to restrict access | Error 1020 | Access denied
Checking your browser | | Please wait a few seconds
Security verification | | Slide to verify
Vercel Security Checkpoint | | We're verifying your browser
Bot Verification | Verifying that you are not a robot... | markup=
Are you human? | Are you human? | Tick the box
Robot or human? | Robot or human? | Activate and hold the button to confirm that you're human.
Please verify you are a human | | markup=
Request blocked | | Request blocked. We can't connect to the server for this app or website at this time.
ERROR: The request could not be satisfied | 403 ERROR | Request blocked. | status=403
Anubis | Checking you're not a bot | | markup=<script src="/.within.website/x/cmd/anubis/main.mjs"></script>
Blocked | Sorry, you have been blocked |
お客様の環境の確認 | | 私はロボットではありません
"""

_LOG_IN_MORE = """
Sign In - University Library | | | password long
Log in to your account | | | password
Institutional Login | | | password long
Web Login Service | | | password
Login required | | | long to=/users/sign_in
Single Sign-On | | | to=https://sso.university.edu/
Anmelden – Portal | | | password long
S'identifier | | | password
Acceso - Biblioteca | Iniciar sesión | | password long
Log ind | | | password
Cookie settings | | | to=https://consent.quiet-harbor.org/?u=x
Accept cookies to continue | | |
"""

_GOOD_MORE = """
Not found: Children without papers | Not found | | long
404: A Museum of Lost Websites | 404 | | long
The Journal of Negative Results: nothing found | | | long
Why does my browser say page not found? ¦ Help | Why does my browser say page not found? | | long
Page not found? How libraries fix link rot | Page not found? | | long
Error 404: Ethics in the age of missing data | Error 404 | | long
Oops! Wrong page: A comedy | | | long
The site that does not exist: Excavations | | | long
Does not exist: Philosophers on nothing | | | long
Document not found: Silences in the archive | Document not found | | long
Broken links: Chromosome 22 | Broken links | | long
Dead links in medical papers | | | long
Unavailable for comment | | | long
Seite an Seite | | | long
Nicht vorhanden: Wörter, die es nicht gibt | Nicht vorhanden | | long
Seite nicht gefunden: Gedichte vom Verschwinden | Seite nicht gefunden | | long
Page introuvable : roman | Page introuvable | | long
Página no encontrada: cuentos | Página no encontrada | | long
Pagina non trovata: racconti | | | long
Pagina niet gevonden: een geschiedenis van het web | | | long
Страница не найдена: рассказы | | | long
页面不存在：互联网记忆的消失 | | | long
ページが見つかりません：リンク切れの研究 | | | long
For sale: Baby shoes | | | long
Domain names for sale: who owns the web? | | | long
The website is for sale, its readers are not | | | long
Is this domain parked? A classifier | | | long
Buy this website? Valuing online journals | | | long
Registered at birth | | | long
Parked page: A novel | | | long
Access denied | Access denied | | long words=Access denied
Forbidden | Forbidden | | long
Captcha | Captcha | | long from=/wiki/Captcha
Are you human? | Are you human? | | long
Just a moment: Haiku | | | long
Please wait: Queueing in hospitals | | | long
Security check | Security check | | long
Attention required: The economics of focus | | | long
Verify you are human: Turing tests since 1950 | | | long
Error bars | Error bars | | long
Please sign in here: Visitor books of the Alps | | | long
Sign in | Sign in | | long words=Sign in
Accept cookies? Baking with children | | | long
Login | | The login shell of UNIX | long
Coming soon | Coming soon | | long
Under construction | Under construction | | long
Default page sizes | | | long
Gone | Gone | | long from=/novels/gone
Missing page | Missing page | | long
Short note | Short note | In Table 2 of our article the word not was missing. We apologise for the error.
Corrigendum | | The reference to the page that could not be found is withdrawn.
Retraction of a notice | | | long
Coming soon | Coming soon | | long list
Not found in collections ¦ Catalogue | Not found in collections | | long list
Error codes ¦ Docs | Error codes | | long from=/docs/error-codes to=/docs/errors/
Missing Page - A poem | Missing Page | It was not there. | words=Missing Page: A poem
Nothing Found | Nothing Found | Photographs, 2004 | words=Nothing found
Page not found ¦ A sculpture | | Steel and paper, 2 m | words=Page not found (sculpture)
Letter | Letter | Sir, I could not find the page that you quote.
Obituary | | He found what others had not.
Index | Index | A 1 B 2 C 404
"""


# The rules were not changed after the following: it tells how they do on pages that they were not made for.

_GONE_AFTERWARDS = """
Harbor College ¦ 404 | Lost at sea | This page has sailed away. | long
Whoa! Nothing here | Whoa! | | long
The page you want is not here | | | long
Sorry, but that page has vanished | | | long
Harbor Hospital - Missing Page | We've lost that page | | long
Your page could not be located | | | long
File does not exist | | | long
We were unable to find the page | | | long
This publication has been removed from our website | | | long
Archived page not available | | | long
Newsletter not found | | | long
Sorry, that issue is no longer available | | | long
Quiet Harbor ¦ Error ¦ Page cannot be found | | | long
Quiet Harbor | Our apologies | The page you asked for is not available at this time. | long
Quiet Harbor | | The document you requested has been deleted.
Quiet Harbor | Something is missing | | long
Quiet Harbor | | | long to=/error.html?code=404
Quiet Harbor | | | long to=/pagenotfound.php
Diese Datei wurde nicht gefunden | | | long
Die Seite wurde verschoben oder gelöscht | | | long
Tut uns leid, diese Seite gibt es nicht mehr | | | long
Veranstaltung nicht gefunden | | | long
Cette ressource n'est plus en ligne | | | long
Impossible de trouver la page | | | long
Publication introuvable | | | long
Noticia no encontrada | | | long
El documento solicitado ya no está en línea | | | long
La notizia non è più disponibile | | | long
Impossibile trovare la pagina | | | long
Bestand niet gevonden | | | long
Notícia não encontrada | | | long
Nie można znaleźć strony | | | long
ファイルが見つかりません | | | long
該当するページはありません | | | long
对不起，您要找的资源不存在 | | | long
Материал не найден | | | long
Мы не нашли такую страницу | | | long
Vi kan ikke finde siden | | | long
Nenašli jsme požadovanou stránku | | | long
"""

_PARKED_AFTERWARDS = """
quiet-harbor.org | The domain name quiet-harbor.org is available | Contact us for the price
quiet-harbor.org | This domain is available for sale! | | long
This site has been parked | | quiet-harbor.org
quiet-harbor.org is coming soon | | This domain is registered, but may still be available.
Domain reserved | quiet-harbor.org | This domain name is reserved.
quiet-harbor.org | | Sponsored listings for quiet-harbor.org | markup=<script src="//d.parkingcrew.net/p.js"></script>
"""

_GOOD_AFTERWARDS = """
Lost at sea: Sailors who were never found | Lost at sea | | long
Not here, not now: A memoir | | | long
The vanished page: Censorship in print | The vanished page | | long
Could not be located: Graves of the unknown | | | long
Does the file exist? Bureaucracy in fiction | | | long
No longer with us | | | long
Archive not available: Doing history without sources | | | long
Where have all the pages gone? | | | long
404 Day: Libraries against censorship | | | long
The error of my ways | | | long
Wrong address | | | long
The document that did not exist | The document that did not exist | | long
Deleted: The virtue of forgetting in the digital age | Deleted | | long
Impossible de trouver le sommeil | | | long
Non c'è più tempo | | | long
Niet gevonden voorwerpen | | | long
Ya no está: Duelo y memoria | | | long
Nie ma mnie | | | long
不存在的骑士 | 不存在的骑士 | | long
存在しません：虚構の都市 | | | long
Не найден: дневник геолога | | | long
Available domains of protein families | | | long
Domain reserved for experts? | | | long
Coming soon: a vaccine against everything | | | long
For sale by its owner: Houses | | | long
A parked car | | A poem
Short notice | Notice | The page proofs were not found in time.
Correction | Correction | The sentence "was not found" should read "was found".
Query | Query | Was the missing page found? No.
Card | Card | 404
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and what it is. ``start`` is the address that was asked, ``end`` the one that answered."""

    label: str
    title: str
    heading: str = ""
    text: str = ""
    long: bool = False
    start: str = HOST + "/a/b.html"
    end: str = ""
    status: int = 200
    password: bool = False
    markup: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    listing: bool = False

    def __str__(self) -> str:
        return f"{self.label}: {self.title or self.text or self.markup[:60]} ({self.heading}) {self.start} {self.end}"

    def html(self) -> bytes:
        form = '<form><input type="text"><input type="password"></form>' if self.password else ""
        body = f"<h1>{self.heading}</h1>" * bool(self.heading) + f"<p>{self.text}</p>"
        if self.listing:
            body = f"<nav>{_MENU}</nav>{body}<ul>{_LINKS}</ul>"
        elif self.long:
            body = f"<nav>{_MENU}</nav>{body}" + (_ARTICLE if self.label == "good" else f"<footer>{_MENU}</footer>")
        shown = f"<body>{body}{form}{self.markup}</body>"
        return f"<!doctype html><html><head><title>{self.title}</title></head>{shown}</html>".encode()


_PARTS = """
    about events membership research education publications library news donate contact archive people rehabilitation
    neurology statistics policies careers alumni visitors students teaching history projects grants partners
"""
_MENU = "".join(f"<a href='/{name}'>{name.title()} and more about it</a> " for name in _PARTS.split())
_LINKS = "".join(f"<li><a href='/{n}'>A book of the {n}th series, by its author</a></li>" for n in range(40))
_ARTICLE = "".join(
    f"<p>In period {name} the participants were asked about fatigue, pain and walking, and their answers were "
    f"compared with those of controls of the same age; the differences were small, and are shown in the table.</p>"
    for name in "abcdefghij"
)


def _read(label: str, lines: str) -> list[Labelled]:
    return [_one(label, line) for line in lines.strip("\n").splitlines()]


def _one(label: str, line: str) -> Labelled:
    title, heading, text, options = ([part.strip() for part in line.split("|")] + [""] * 3)[:4]
    given: dict[str, str] = {}
    for option in _split(options):
        name, _, value = option.partition("=")
        given[name] = value
    start = HOST + given["from"] if "from" in given else HOST + "/a/b.html"
    end = given.get("to", "")
    name, _, value = given.get("header", "").partition(":")
    return Labelled(
        label, title.replace("¦", "|"), heading, text, "long" in given, start,
        HOST + end if end.startswith("/") else end, int(given.get("status", "200")), "password" in given,
        given.get("markup", ""), {name: value} if name else {}, (given["words"],) if "words" in given else (), "list" in given,
    )  # fmt: skip


def _split(options: str) -> list[str]:
    """Options stand apart by spaces; ``words=`` and ``markup=`` go on to the end of the line."""
    found: list[str] = []
    while options:
        if options.startswith(("words=", "markup=")):
            return [*found, options]
        first, _, options = options.partition(" ")
        found.append(first)
        options = options.strip()
    return found


PAGES: tuple[Labelled, ...] = (
    *_read("gone", _GONE + _GONE_MORE.lstrip("\n")),
    *_read("parked", _PARKED + _PARKED_MORE.lstrip("\n")),
    *_read("wall", _WALLS + _WALLS_MORE.lstrip("\n")),
    *_read("login", _LOG_IN + _LOG_IN_MORE.lstrip("\n")),
    *_read("good", _GOOD + _GOOD_MORE.lstrip("\n")),
)

AFTERWARDS: tuple[Labelled, ...] = (
    *_read("gone", _GONE_AFTERWARDS),
    *_read("parked", _PARKED_AFTERWARDS),
    *_read("good", _GOOD_AFTERWARDS),
)
"""Written when the rules stood."""
