"""Public suffixes: the endings of host names under which anyone may register, as far as reference lists need them.

Facts of the IANA root zone and of the registries, taken from the ICANN section of the Public Suffix List
(https://publicsuffix.org, October 2026): every generic ending, and under each country those second levels that three
or more countries use (``ac co com edu gov`` ...), so no towns and provinces. Reading the whole list when a run begins
would take six times as long as everything else that is known of hosts.
"""

from __future__ import annotations

GENERIC = """
aaa aarp abb abbott abbvie abc able abogado abudhabi academy accenture accountant accountants aco actor ads adult
aeg aero aetna afl africa agakhan agency aig airbus airforce airtel akdn alibaba alipay allfinanz allstate ally
alsace alstom amazon americanexpress americanfamily amex amfam amica amsterdam analytics android anquan anz aol
apartments app apple aquarelle arab aramco archi army arpa art arte asda asia associates athleta attorney auction
audi audible audio auspost author auto autos aws axa azure baby baidu banamex band bank bar barcelona barclaycard
barclays barefoot bargains baseball basketball bauhaus bayern bbc bbt bbva bcg bcn beats beauty beer berlin best
bestbuy bet bharti bible bid bike bing bingo bio biz black blackfriday blockbuster blog bloomberg blue bms bmw
bnpparibas boats boehringer bofa bom bond boo book booking bosch bostik boston bot boutique box bradesco bridgestone
broadway broker brother brussels build builders business buy buzz bzh cab cafe cal call calvinklein cam camera camp
canon capetown capital capitalone car caravan cards care career careers cars casa case cash casino cat catering
catholic cba cbn cbre center ceo cern cfa cfd chanel channel charity chase chat cheap chintai christmas chrome
church cipriani circle cisco citadel citi citic city claims cleaning click clinic clinique clothing cloud club
clubmed coach codes coffee college cologne com commbank community company compare computer comsec condos
construction consulting contact contractors cooking cool coop corsica country coupon coupons courses cpa credit
creditcard creditunion cricket crown crs cruise cruises cuisinella cymru cyou dad dance data date dating datsun day
dclk dds deal dealer deals degree delivery dell deloitte delta democrat dental dentist desi design dev dhl diamonds
diet digital direct directory discount discover dish diy dnp docs doctor dog domains dot download drive dtv dubai
dupont durban dvag dvr earth eat eco edeka edu education email emerck energy engineer engineering enterprises epson
equipment ericsson erni esq estate eurovision eus events exchange expert exposed express extraspace fage fail
fairwinds faith family fan fans farm farmers fashion fast fedex feedback ferrari ferrero fidelity fido film final
finance financial fire firestone firmdale fish fishing fit fitness flickr flights flir florist flowers fly foo food
football ford forex forsale forum foundation fox free fresenius frl frogans frontier ftr fujitsu fun fund furniture
futbol fyi gal gallery gallo gallup game games gap garden gay gbiz gdn gea gent genting george ggee gift gifts gives
giving glass gle global globo gmail gmbh gmo gmx godaddy gold goldpoint golf goodyear goog google gop got gov
grainger graphics gratis green gripe grocery group gucci guge guide guitars guru hair hamburg hangout haus hbo hdfc
hdfcbank health healthcare help helsinki here hermes hiphop hisamitsu hitachi hiv hkt hockey holdings holiday
homedepot homegoods homes homesense honda horse hospital host hosting hot hotel hotels hotmail house how hsbc hughes
hyatt hyundai ibm icbc ice icu ieee ifm ikano imamat imdb immo immobilien inc industries infiniti info ing ink
institute insurance insure int international intuit investments ipiranga irish ismaili ist istanbul itau itv jaguar
java jcb jeep jetzt jewelry jio jll jmp jnj jobs joburg jot joy jpmorgan jprs juegos kaufen kddi kerryhotels
kerryproperties kfh kia kids kim kindle kitchen kiwi koeln komatsu kosher kpmg kpn krd kred kuokgroup kyoto lacaixa
lamborghini lamer land landrover lanxess lasalle lat latino latrobe law lawyer lds lease leclerc lefrak legal lego
lexus lgbt lidl life lifeinsurance lifestyle lighting like lilly limited limo lincoln link live living llc llp loan
loans locker locus lol london lotte lotto love lpl lplfinancial ltd ltda lundbeck luxe luxury madrid maif maison
makeup man management mango map market marketing markets marriott marshalls mattel mba mckinsey med media meet
melbourne meme memorial men menu merck merckmsd miami microsoft mil mini mint mit mitsubishi mlb mls mma mobi mobile
moda moe moi mom monash money monster mormon mortgage moscow moto motorcycles mov movie msd mtn mtr museum music nab
nagoya name navy nba nec net netbank netflix network neustar new news next nextdirect nexus nfl ngo nhk nico nike
nikon ninja nissan nissay nokia norton now nowruz nowtv nra nrw ntt nyc obi observer office okinawa olayan
olayangroup ollo omega one ong onion onl online ooo open oracle orange org organic origins osaka otsuka ott ovh page
panasonic paris pars partners parts party pay pccw pet pfizer pharmacy phd philips phone photo photography photos
physio pics pictet pictures pid pin ping pink pioneer pizza place play playstation plumbing plus pnc pohl poker
politie porn post praxi press prime pro prod productions prof progressive promo properties property protection pru
prudential pub pwc qpon quebec quest racing radio read realestate realtor realty recipes red redumbrella rehab reise
reisen reit reliance ren rent rentals repair report republican rest restaurant review reviews rexroth rich richardli
ricoh ril rio rip rocks rodeo rogers room rsvp rugby ruhr run rwe ryukyu saarland safe safety sakura sale salon
samsclub samsung sandvik sandvikcoromant sanofi sap sarl sas save saxo sbi sbs scb schaeffler schmidt scholarships
school schule schwarz science scot search seat secure security seek select sener services seven sew sex sexy sfr
shangrila sharp shell shia shiksha shoes shop shopping shouji show silk sina singles site ski skin sky skype sling
smart smile sncf soccer social softbank software sohu solar solutions song sony soy spa space sport spot srl stada
staples star statebank statefarm stc stcgroup stockholm storage store stream studio study style sucks supplies
supply support surf surgery suzuki swatch swiss sydney systems tab taipei talk taobao target tatamotors tatar tattoo
tax taxi tci tdk team tech technology tel temasek tennis teva thd theater theatre tiaa tickets tienda tips tires
tirol tjmaxx tjx tkmaxx tmall today tokyo tools top toray toshiba total tours town toyota toys trade trading
training travel travelers travelersinsurance trust trv tube tui tunes tushu tvs ubank ubs unicom university uno uol
ups vacations vana vanguard vegas ventures verisign versicherung vet viajes video vig viking villas vin vip virgin
visa vision viva vivo vlaanderen vodka volvo vote voting voto voyage wales walmart walter wang wanggou watch watches
weather weatherchannel web webcam weber website wed wedding weibo weir whoswho wien wiki williamhill win windows
wine winners wme woodside work works world wow wtc wtf xbox xerox xihuan xin xxx xyz yachts yahoo yamaxun yandex
yodobashi yoga yokohama you youtube yun zappos zara zero zip zone zuerich
"""

SECOND_LEVELS = """
ac: com edu gov mil net org
ae: ac co gov mil net org sch
af: com edu gov net org
ag: co com net nom org
ai: com net org
al: com edu gov mil net org
am: co com net org
ao: co ed edu gov it org
ar: com coop edu gob gov int mil net org tur
as: gov
at: ac co or
au: com edu gov id net nt org sa
aw: com
az: biz co com edu gov info int mil name net org pro
ba: com edu gov mil net org
bb: biz co com edu gov info net org store tv
bd: ac ai co com edu gov id info it mil net org sch tv
be: ac
bf: gov
bg: b i
bh: com edu gov net org
bi: co com edu or org
bj: agro co com edu info net org tourism
bm: com edu gov net org
bn: com edu gov net org
bo: agro com edu gob ia info int mil net org tv web
br: art b com coop edu eng fm gov ia ind inf med mil net org pro rec tur tv
bs: com edu gov net org
bt: com edu gov net org
bw: ac co gov net org
by: com gov mil
bz: co com edu gov net org
ca: nt pe
cd: gov
ci: ac asso co com ed edu go gouv int net or org
cl: co gob gov mil
cm: co com gov net
cn: ac com edu gov mil mo net org sc
co: com edu gov mil net nom org
cr: ac co ed go or sa
cu: com edu gob inf net org
cv: com edu id int net org
cw: com edu net org
cx: gov
cy: ac biz com gov ltd mil net org press pro tm
cz: gov
dm: co com edu gov net org
do: art com edu gob gov mil net org web
dz: art asso com edu gov net org pol tm
ec: art com edu eng fin gob gov info k12 med mil net org pro tur
ee: com edu gov med org
eg: ac com edu gov info me mil name net org tv
es: com edu gob nom org
et: biz com edu gov info name net org
fj: ac biz com edu gov id info mil name net org pro
fm: com edu net org
fr: asso com gouv nom prd tm
gd: edu gov
ge: com edu gov net org school
gg: co net org
gh: biz com edu gov mil net org
gi: com edu gov ltd org
gl: co com edu net org
gn: ac com edu gov net org
gp: asso com edu mobi net org
gr: com edu gov net org
gt: com edu gob ind mil net org
gu: com edu gov info net org web
gy: co com edu gov net org
hk: com edu gov net org
hn: com edu gob mil net org
hr: com name
ht: art asso com coop edu firm gouv info med net org pol pro shop
hu: co hotel info org priv shop tm
id: ac ai biz co go mil net or sch web
ie: gov
il: ac co gov k12 net org
im: ac co com net org tv
in: ac ai biz ca cn co com coop edu fin firm gen gov ind info int io me mil net nic org pro school tv
io: co com edu gov mil net nom org
iq: com edu gov mil net org
ir: ac co gov id net org sch
it: al ca cn co edu fm go gov me mi mo ms or pe pr re sa tv va
je: co net org
jo: ai com edu eng fm gov mil net org per sch tv
jp: ac co ed go ne or
ke: ac co go info me mobi ne or sc
kg: com edu gov mil net org
kh: com edu gov net org
ki: biz com edu gov info net org
km: asso com coop edu gouv gov mil nom org prd tm
kn: edu gov net org
kp: com edu gov org
kr: ac ai co go io it me mil ms ne or pe re sc
kw: com edu gov ind net org
ky: com edu net org
kz: com edu gov mil net org
la: com edu gov info int net org per
lb: com edu gov net org
lc: co com edu gov net org
lk: ac com edu gov hotel int ltd net ngo org sch web
lr: com edu gov net org
ls: ac biz co edu gov info net org sc
lt: gov
lv: com edu gov id mil net org
ly: com edu gov id med net org sch
ma: ac co gov net org press
mc: asso tm
me: ac co edu gov net org priv
mg: co com edu gov mil nom org prd
mk: com edu gov inf name net org
ml: ac art asso com edu gouv gov info net org pr
mn: edu gov org
mo: com edu gov net org
mr: gov
ms: com edu gov net org
mt: com edu net org
mu: ac co com gov net or org
mv: biz com coop edu gov info int mil museum name net org pro
mw: ac biz co com coop edu gov int net org
mx: com edu gob net org
my: biz com edu gov mil name net org
mz: ac co edu gov mil net org
na: co com gov net org
nc: asso nom
nf: arts com firm info net per rec store web
ng: com edu gov i mil mobi name net org sch
ni: ac biz co com edu gob in info int mil net nom org web
no: al fm mil museum nt priv re tm va
nr: biz com edu gov info net org
nz: ac co gen mil net org school
om: co com edu gov med museum net org pro
pa: ac com edu gob med net nom org
pe: com edu gob mil net nom org
pf: com edu org
ph: com edu gov i mil net ngo org
pk: ac biz com edu gob gov net org web
pl: agro biz com edu gov info mil net nom org priv shop tm tourism
pn: co edu gov net org
pr: ac biz com edu gov info name net org pro
ps: com edu gov net org
pt: com edu gov int net org
pw: gov
py: com coop edu gov mil net org
qa: com edu gov mil name net org sch
re: asso com
ro: arts com firm info nom nt org rec store tm
rs: ac co edu gov in org
rw: ac co coop gov mil net org
sa: com edu gov med net org sch
sb: com edu gov net org
sc: com edu gov net org
sd: com edu gov info med net org tv
se: ac b i org press tm
sg: com edu gov net org
sh: com gov mil net org
sk: org
sl: com edu gov net org
sn: art com edu gouv org
so: com edu gov me net org
ss: biz co com edu gov me net org sch
st: co com edu mil net org store
sv: com edu gob org
sx: gov
sy: com edu gov mil net org
sz: ac co org
th: ac co go in mi net or
tj: biz co com edu go gov int mil name net nic org web
tl: gov
tm: co com edu gov mil net nom org
tn: com fin gov ind info net org tourism
to: com edu gov mil net org
tr: biz com edu gen gov info k12 mil name net org pol tv web
tt: biz co com edu gov info mil name net org pro
tw: com edu gov mil net org
tz: ac co go hotel info me mil mobi ne or sc tv
ua: cn com edu gov in net org
ug: ac co com edu go gov mil ne or org sc
uk: ac co gov ltd me net org
us: al ca co ia id in me mi mo ms ne or pr sc va
uy: com edu mil net org
uz: co com net org
vc: com edu gov mil net org
ve: arts co com edu firm gob gov ia info int mil net nom org rec store web
vg: edu
vi: co com k12 net org
vn: ac ai biz com edu gov id info int io name net org pro
vu: com edu net org
ws: com edu gov net org
ye: com edu gov mil net org
za: ac co edu gov mil net ngo nic nom org school tm web
zm: ac biz co com edu gov info mil net org sch
zw: ac co gov mil org
"""
"""A country and its second levels, a line each."""
