"""Texts for the labelled pairs of pages: written for the tests, in the manner of pages that reference lists cite."""

from __future__ import annotations

POLIO = """
Decades after they recovered from paralytic polio, many survivors notice new weakness in muscles that had served them
well. They tire more easily than their friends of the same age, and joints that carried an uneven load for forty years
begin to hurt. Doctors call this the late effects of polio, or post-polio syndrome when other causes have been ruled
out.

Nobody knows for certain why it happens. The most widely held explanation is that the nerve cells which survived the
first infection took over the work of those that were lost, and wear out sooner because of it. There is no test for the
condition. A physician who knows polio will take a careful history, examine the strength of every limb, and look for
thyroid disease, anaemia and sleep apnoea, all of which can be treated.

Survivors do best when they pace themselves. Short rests during the day, a brace that fits, a lighter wheelchair and
gentle exercise that stops before fatigue are worth more than any medicine that has been tried so far. Anaesthetists
should be told about polio before an operation, because some survivors breathe less deeply than they appear to.
"""
POLIO_UPDATED = """
New muscle weakness, fatigue and pain may appear fifteen years or more after an attack of poliomyelitis. When no other
illness explains them, clinicians speak of post-polio syndrome; the wider expression, late effects of polio, includes
the strain on joints and the falls that come with an old paralysis.

What should survivors know? First, that a diagnosis is one of exclusion: blood counts, thyroid function and a sleep
study belong to the work-up. Second, that overworked motor units are thought to be the cause, so that training to the
limit does harm while training below it helps. Third, that orthoses, mobility scooters, heating, and energy
conservation taught by an occupational therapist improve daily life. Immunoglobulin has been studied in several trials;
its benefit remains uncertain. Tell your surgical team about breathing problems in good time before any anaesthesia.
"""
POLIO_GERMAN = """
Jahrzehnte nachdem sie sich von der Kinderlähmung erholt haben, bemerken viele Betroffene eine neue Schwäche in
Muskeln, die ihnen gute Dienste geleistet hatten. Sie ermüden leichter als ihre gleichaltrigen Freunde, und Gelenke,
die vierzig Jahre lang ungleich belastet wurden, beginnen zu schmerzen. Ärzte nennen dies die Spätfolgen der Polio oder
das Post-Polio-Syndrom, wenn andere Ursachen ausgeschlossen sind.

Niemand weiß sicher, warum es dazu kommt. Am weitesten verbreitet ist die Erklärung, dass die Nervenzellen, welche die
erste Infektion überstanden haben, die Arbeit der verlorenen übernahmen und deshalb früher verschleißen. Einen Test für
die Krankheit gibt es nicht. Herausgegeben von Post-Polio Health International, Saint Louis.
"""
POLIO_ERADICATION = """
The last country on the continent has reported no case of wild virus for a whole year. Health ministers met in Geneva
to celebrate, and to warn. Vaccinators still walk from house to house in the border districts, where families move with
the seasons and where rumours travel faster than any cold box.

The campaign began in 1988, when the virus circulated in more than a hundred countries. Its budget has passed a billion
dollars a year. Critics ask whether the money would save more lives if it were spent on clean water and measles; the
strategists answer that stopping short would let hundreds of thousands of infections return within a decade.
Surveillance of sewage has found strains derived from the oral vaccine in three capitals, which must now be contained
before certification can be signed.
"""
DIABETES = """
Gestational diabetes is glucose intolerance that is first recognised during pregnancy. In primary care the task is to
find it in time, to keep fasting and postprandial glucose within agreed limits, and to follow the mother afterwards.

Screen every woman between the twenty-fourth and twenty-eighth week with an oral glucose tolerance test; screen earlier
when there was diabetes in a former pregnancy, when the body mass index exceeds thirty, or when a parent or sibling has
type 2 diabetes. Nutritional advice by a dietitian and thirty minutes of walking a day suffice in most women. If two
weeks of diet do not bring fasting values below 5.3 mmol/l, begin insulin; metformin is an alternative for women who
decline injections. Ultrasound at thirty-six weeks helps to plan the birth. Six weeks after delivery the glucose test is
repeated, and yearly thereafter, since half of these women develop diabetes within ten years.
"""
ASTHMA = """
Children under five who wheeze with every cold seldom need a daily inhaler. The guideline group looked at forty trials
of intermittent treatment and found little difference in admissions to hospital, while growth was slightly better
without continuous steroids.

A spacer with a face mask delivers as much salbutamol as a nebuliser and frightens fewer toddlers. Parents should be
given a written plan with three colours, shown how to clean the valve, and asked to bring the device to each visit.
Refer the child when wheeze began at birth, when weight gain falters, when finger clubbing is seen, or when symptoms
persist between infections in spite of treatment. Exposure to tobacco smoke at home must be asked about without blame.
"""
NETTLE = """
Urtica dioica is a perennial herb of hedgerows, river banks and abandoned gardens, one to two metres tall, with opposite
toothed leaves and hollow hairs that break at a touch and release histamine and formic acid. It spreads by yellow
rhizomes and is a sign of soils rich in phosphate, so that archaeologists look for it where villages once stood.

Male and female flowers are borne on separate plants from June to September and are pollinated by wind. Caterpillars of
the small tortoiseshell, the red admiral and the peacock feed on the leaves. Young shoots are eaten as a vegetable in
spring, and the fibres of the stem were woven into cloth before cotton became cheap. Subspecies galeopsifolia, the fen
nettle, hardly stings at all.
"""
EARTHQUAKE = """
At twelve minutes past five on the morning of 18 April 1906 the ground along four hundred and seventy kilometres of the
San Andreas fault moved by up to six metres. In San Francisco chimneys fell, gas mains broke, and water mains broke with
them, so that the fires which began before breakfast could not be fought. They burned for three days.

About three thousand people lost their lives and more than half of the inhabitants lost their homes. The report of the
State Earthquake Investigation Commission, edited by Andrew Lawson, described the offset of fences and roads and led
Harry Fielding Reid to the theory of elastic rebound, on which the study of earthquakes has rested ever since.
Insurance companies paid for fire and not for shaking, which is why many owners set alight what still stood.
"""
CITING = """
Every source that you quote, paraphrase or take figures from needs a citation in the text and an entry in the list of
references. For a web page give the author, the date of its last revision, the title in italics, the name of the site
and the address; add the day on which you read it when the content is likely to change.

An article with a digital object identifier is cited with that identifier in place of the address of the publisher's
page. If there is no author, begin with the title. If there is no date, write n.d. Do not cite a page that is behind a
password which your readers do not have, and do not cite a search engine's cached copy: look for the original, or for
one in a public web archive. Ask at the library desk when you are in doubt about the edition that applies to your
course.
"""
BALLADS = """
The riding ballads of the border country tell of raids in which nobody owned the cattle for long. Johnnie Armstrong rode
to meet the king in good faith and was hanged with his men; Kinmont Willie was carried out of Carlisle castle on a
moonless night, still in irons. Walter Scott printed them in 1802 with stanzas of his own, and a shepherd's mother told
him that they had been made for singing and not for reading.

Francis James Child collected three hundred and five ballads with all their versions between 1882 and 1898. The numbers
that he gave them are used to this day. Tunes were first gathered in earnest by Bertrand Bronson, who found that a
melody keeps its shape across an ocean better than the words do.
"""
TRANSPARENCY = """
A certificate authority can issue a certificate for any name in the world, and until 2013 nobody but the authority
would know. Certificate transparency puts every certificate into public logs that can only be appended to. Each log is
a Merkle tree whose head is signed; an auditor who holds two heads can check that the later one contains the earlier.

Browsers refuse a certificate that does not come with signed timestamps from at least two logs. Owners of domains watch
the logs for names of theirs that they did not order. The design does not prevent a wrong certificate from being
issued, but it makes sure that the mistake is seen within a day, and it has led to the removal of several authorities
from the lists of trusted roots.
"""
SOURDOUGH = """
Take a clean jar, fifty grams of rye flour and fifty grams of lukewarm water. Stir, cover loosely, and leave it in a
corner of the kitchen where no draught reaches it. Next day pour away half and feed what is left with the same again.
By the fourth morning it should smell of yoghurt and green apples, and have doubled between breakfast and lunch.

If a pink film appears, throw it out and begin anew. A grey liquid on top is only hunger. Once the starter is lively,
keep it in the refrigerator and feed it weekly; my grandmother's went to sea for two years in a stone crock and came
back stronger. Bake with it when a spoonful floats in a glass of water.
"""
CASINO = """
Looking for the best online casino bonus this year? Our experts compare free spins, welcome offers and no deposit codes
from more than two hundred licensed operators. Play blackjack, roulette and progressive jackpot slots with live dealers
around the clock, and withdraw your winnings in minutes with crypto or card.

New players claim up to five thousand in matched deposits plus one hundred free spins on the hottest games. Wagering
requirements apply. Read our honest reviews, find the highest payout percentages, and learn winning strategies from
professional gamblers. Sign up today and let the reels roll: every week we raffle a trip to Las Vegas among readers who
subscribe to the newsletter. Gamble responsibly, eighteen and over.
"""
SLOT_INDONESIAN = """
Selamat datang di situs judi slot gacor terpercaya dengan tingkat kemenangan tertinggi hari ini. Kami menyediakan
ratusan permainan dari penyedia ternama, lengkap dengan bonus anggota baru seratus persen, putaran gratis dan undian
mingguan. Daftar sekarang hanya dengan satu akun, isi saldo lewat pulsa atau dompet digital tanpa potongan, lalu nikmati
layanan pelanggan yang siap membantu sepanjang malam.

Pola terbaru dan jam terbaik bermain kami bagikan setiap pagi supaya pemain mudah meraih kemenangan besar. Tarik dana
dalam tiga menit ke semua bank nasional. Jangan lewatkan kesempatan emas bersama bandar resmi yang sudah dipercaya
jutaan pemain di seluruh negeri sejak sepuluh tahun lalu.
"""
ESSAYS = """
Need a paper written by tomorrow? Our writers hold degrees from leading universities and deliver original work on any
topic, in any format, before your deadline. Choose the number of pages, pick an expert, and watch the draft grow in your
personal account. Unlimited revisions, a plagiarism report and a money back guarantee come with every order.

Prices start at nine dollars a page for high school and rise with level and urgency. Students from forty countries trust
us with admission letters, lab reports, dissertations and slide decks. Chat with the support team day or night, enter
the coupon for first customers, and get fifteen percent off your first assignment.
"""
DOOR = """
Before you go on, we have to make sure that you are a person and that our pages are not read by machines. Please tick
the box below. If it does not appear, turn off whatever keeps scripts from running and load the page anew. Members of
subscribing institutions find it easier to come by way of their library. Reference number of this visit: 8f2ab0. Should
the trouble last, tell our help desk this number, the time, and the network that you came from.
"""
SHOES = """
The Trail Runner 7 brings our lightest foam to the rough stuff. A woven upper keeps grit out and lets heat escape, the
rock plate under the forefoot spares your soles, and four millimetre lugs hold on wet roots. Weight: 255 grams in size
42. Drop: six millimetres. Available in moss, ember and slate, sizes 36 to 48.

Free delivery from fifty euros, returns within sixty days even when worn. Customers who bought this shoe also bought
merino socks, gaiters and a soft flask. Rated 4.6 of 5 by 1,283 runners: great grip on descents, says Jana; a little
narrow in the toes, writes Piotr, who went half a size up.
"""
CAMERA = """
The FX-200 is a compact camera with a sensor of twenty-four megapixels, a fixed lens of thirty-five millimetres and a
hybrid viewfinder that shows the frame lines in the optical mode. Shutter times from thirty seconds to a four
thousandth, sensitivity up to 12,800, battery for three hundred pictures.

In the box: camera, strap, cap, charger and printed manual. Firmware and the full instructions can be downloaded from
the support page. The magnesium body is sealed against dust. A leaf shutter makes it nearly silent, and lets it
synchronise with flash at all speeds. The film simulations that photographers liked in the first model are all here,
with a new one for portraits in shade.
"""
LAKES = """
Between 1982 and 2012 water was drawn every month from fifty-two lakes of the western Adirondacks. Sulphate fell in all
of them after the amendments to the Clean Air Act; nitrate fell in forty, and acid neutralising capacity rose in
thirty-three. Brook trout have returned to six lakes without any stocking.

Dissolved organic carbon has risen at the same time, which darkens the water and shades the cold layers where trout
spend the summer. Aluminium remains toxic in the most sensitive streams during snow melt. The network will go on with
half of the sites, chosen so that the trend can still be estimated with an error of one microequivalent a year. Data and
methods are kept by the Survey Corporation in Ray Brook.
"""
GERMAN_BREAD = """
Das Backhaus am Dorfplatz wurde 1784 errichtet, nachdem ein Brand die Scheunen der halben Gemeinde vernichtet hatte und
der Landesherr die Öfen in den Wohnhäusern verbot. Jede Familie bekam einen festen Tag in der Woche, und wer sein Holz
nicht mitbrachte, musste warten, bis die Nachbarn fertig waren.

Seit 1991 pflegt der Heimatverein das Gebäude. An jedem ersten Samstag im Monat wird wieder geheizt: vier Stunden lang
mit Buchenreisig, bis das Gewölbe weiß wird. Dann kommen zuerst die Fladen, später das Roggenbrot und in der letzten
Glut der Streuselkuchen. Besucher dürfen zusehen und kosten; Schulklassen melden sich bitte beim Vorstand an.
"""
GERMAN_MILL = """
Die obere Mühle klapperte bis 1956. Ihr Wasserrad hatte einen Durchmesser von sieben Metern und trieb zwei Mahlgänge,
später auch einen Generator, der das halbe Tal mit Strom versorgte. Als die Turbine des neuen Werks in Betrieb ging, war
es damit vorbei; der letzte Müller führte noch einen kleinen Laden für Futtermittel.

Heute gehört das Haus einer Stiftung, die darin Lesungen und Konzerte veranstaltet. Im Obergeschoss ist zu sehen, wie
Steine geschärft und Säcke aufgezogen wurden. Der Wanderweg entlang des Grabens führt in einer halben Stunde zur unteren
Mühle, von der nur die Grundmauern geblieben sind.
"""
FRENCH_TRANSPARENCY = """
Une autorité de certification peut émettre un certificat pour n'importe quel nom du monde, et jusqu'en 2013 personne
d'autre ne le savait. La transparence des certificats inscrit chaque certificat dans des journaux publics auxquels on ne
peut qu'ajouter. Chaque journal est un arbre de Merkle dont la tête est signée ; un auditeur qui en possède deux vérifie
que la plus récente contient la plus ancienne.

Les navigateurs refusent un certificat sans horodatages signés par au moins deux journaux. Les propriétaires de domaines
surveillent les noms qu'ils n'ont pas commandés. Publié par Open Trust Foundation.
"""
JAPANESE_TEA = """
茶の湯は十五世紀の終わりごろ、禅寺の習慣と町衆の遊びが出会って生まれた。村田珠光は豪華な唐物よりも、備前や信楽の素朴な器を好み、
四畳半の小さな部屋で主と客が心を通わせることを重んじた。その弟子たちは、亭主が自ら炭をつぎ、湯を沸かし、一碗の茶を点てるという形を
整えていった。千利休は待庵という二畳の茶室を建て、身分の高い武士もにじり口から頭を下げて入らなければならないようにした。現在も
流派ごとに点前の細かな違いがあり、稽古は四季の移り変わりに合わせて一年を通して続けられている。
"""
JAPANESE_RAIL = """
新幹線の開業は東京と大阪の間の移動時間を六時間半から四時間に縮めた。線路は在来線より広い標準軌で敷かれ、踏切は一つも設けられ
なかった。列車の運転は中央の指令所から見守られ、地震の揺れが届く前に電気を止める仕組みが沿岸に並べられている。乗客が事故で亡くなった
ことはこれまで一度もない。雪の多い区間では線路に温水をまき、車体の下に付いた氷を落とす。建設費は当初の見積もりの二倍に膨らみ、
総裁は開業式に招かれなかったが、半世紀後の今では世界中の技術者が見学に訪れている。
"""
