"""What LaTeX commands stand for: symbols, accents, styles, logos.

``SYMBOLS`` was generated once from the tables of pylatexenc 2.11 (https://github.com/phfaist/pylatexenc), then
corrected and extended by hand. pylatexenc is under this licence:

    The MIT License (MIT)

    Copyright (c) 2015-2019 Philippe Faist

    Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
    documentation files (the "Software"), to deal in the Software without restriction, including without limitation
    the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
    to permit persons to whom the Software is furnished to do so, subject to the following conditions:

    The above copyright notice and this permission notice shall be included in all copies or substantial portions of
    the Software.

    THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
    THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
    AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
    CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
    IN THE SOFTWARE.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SYMBOL_PAIRS: Final = """\
AA Å  aa å  AE Æ  ae æ  aleph ℵ  allequal ≌  Alpha Α  alpha α  amalg ⨿  Angle ⦜  angle ∠  angstrom Å  approx ≈
approxeq ≊  approxnotequal ≆  aquarius ♒  aries ♈  arrowwaveleft ↜  arrowwaveright ↝  ast ∗  asymp ≍
backepsilon ϶  backprime ‵  backsim ∽  backsimeq ⋍  backslash \\  barwedge ⌅  because ∵  Beta Β  beta β  beth ℶ
between ≬  bigcap ⋂  bigcirc ◯  bigcup ⋃  bigoplus ⊕  bigotimes ⊗  bigtriangledown ▽  bigtriangleup △  bigvee ⋁
bigwedge ⋀  blacklozenge ⧫  blacksquare ▪  blacktriangle ▴  blacktriangledown ▾  blacktriangleleft ◂
blacktriangleright ▸  bowtie ⋈  Box □  boxdot ⊡  boxminus ⊟  boxplus ⊞  boxtimes ⊠  bullet ∙  Bumpeq ≎  bumpeq ≏
cancer ♋  Cap ⋒  cap ∩  capricornus ♑  cdot ⋅  cdots ⋯  celsius °C  checkmark ✓  Chi Χ  chi χ  circ ∘  circeq ≗
circlearrowleft ↺  circlearrowright ↻  circledast ⊛  circledcirc ⊚  circleddash ⊝  circledS Ⓢ  clockoint ⨏
clwintegral ∱  Colon ∷  colon :  complement ∁  cong ≅  coprod ∐  copyright ©  Cup ⋓  cup ∪  curlyeqprec ⋞
curlyeqsucc ⋟  curlyvee ⋎  curlywedge ⋏  curvearrowleft ↶  curvearrowright ↷  CYRA А  cyra а  CYRABHCH Ҽ
cyrabhch ҽ  CYRABHCHDSC Ҿ  cyrabhchdsc ҿ  CYRABHDZE Ӡ  cyrabhdze ӡ  CYRABHHA Ҩ  cyrabhha ҩ  CYRAE Ӕ  cyrae ӕ
CYRB Б  cyrb б  CYRBYUS Ѫ  cyrbyus ѫ  CYRC Ц  cyrc ц  CYRCH Ч  cyrch ч  CYRCHLDSC Ӌ  cyrchldsc ӌ  CYRCHRDSC Ҷ
cyrchrdsc ҷ  CYRCHVCRS Ҹ  cyrchvcrs ҹ  CYRD Д  cyrd д  CYRDJE Ђ  cyrdje ђ  CYRDZE Ѕ  cyrdze ѕ  CYRDZHE Џ
cyrdzhe џ  CYRE Е  cyre е  CYREREV Э  cyrerev э  CYRERY Ы  cyrery ы  CYRF Ф  cyrf ф  CYRFITA Ѳ  cyrfita ѳ
CYRG Г  cyrg г  CYRGDSC Ӷ  cyrgdsc ӷ  CYRGDSCHCRS Ӻ  cyrgdschcrs ӻ  CYRGHCRS Ғ  cyrghcrs ғ  CYRGHK Ҕ  cyrghk ҕ
CYRGUP Ґ  cyrgup ґ  CYRH Х  cyrh х  CYRHDSC Ҳ  cyrhdsc ҳ  CYRHHCRS Ӿ  cyrhhcrs ӿ  CYRHHK Ӽ  cyrhhk ӽ  CYRHRDSN Ъ
cyrhrdsn ъ  CYRI И  cyri и  CYRIE Є  cyrie є  CYRII І  cyrii і  CYRISHRT Й  cyrishrt й  CYRIZH Ѵ  cyrizh ѵ
CYRJE Ј  cyrje ј  CYRK К  cyrk к  CYRKBEAK Ҡ  cyrkbeak ҡ  CYRKDSC Қ  cyrkdsc қ  CYRKHCRS Ҟ  cyrkhcrs ҟ  CYRKHK Ӄ
cyrkhk ӄ  CYRKVCRS Ҝ  cyrkvcrs ҝ  CYRL Л  cyrl л  CYRLDSC Ӆ  cyrldsc ӆ  CYRLJE Љ  cyrlje љ  CYRM М  cyrm м
CYRMDSC Ӎ  cyrmdsc ӎ  CYRN Н  cyrn н  CYRNDSC Ң  cyrndsc ң  CYRNG Ҥ  cyrng ҥ  CYRNHK Ӈ  cyrnhk ӈ  CYRNJE Њ
cyrnje њ  CYRO О  cyro о  CYROTLD Ө  cyrotld ө  CYRP П  cyrp п  CYRpalochka Ӏ  CYRPHK Ҧ  cyrphk ҧ  CYRR Р
cyrr р  CYRRTICK Ҏ  cyrrtick ҏ  CYRS С  cyrs с  CYRSCHWA Ә  cyrschwa ә  CYRSDSC Ҫ  cyrsdsc ҫ  CYRSEMISFTSN Ҍ
cyrsemisftsn ҍ  CYRSFTSN Ь  cyrsftsn ь  CYRSH Ш  cyrsh ш  CYRSHCH Щ  cyrshch щ  CYRSHHA Һ  cyrshha һ  CYRT Т
cyrt т  CYRTDSC Ҭ  cyrtdsc ҭ  CYRTETSE Ҵ  cyrtetse ҵ  CYRTSHE Ћ  cyrtshe ћ  CYRU У  cyru у  CYRUSHRT Ў
cyrushrt ў  CYRV В  cyrv в  CYRY Ү  cyry ү  CYRYA Я  cyrya я  CYRYAT Ѣ  cyryat ѣ  CYRYHCRS Ұ  cyryhcrs ұ
CYRYI Ї  cyryi ї  CYRYO Ё  cyryo ё  CYRYU Ю  cyryu ю  CYRZ З  cyrz з  CYRZDSC Ҙ  cyrzdsc ҙ  CYRZH Ж  cyrzh ж
CYRZHDSC Җ  cyrzhdsc җ  dag †  dagger †  daleth ℸ  Dash —  dashv ⊣  dblarrowupdown ⇅  ddag ‡  ddots ⋱  degree °
Delta Δ  delta δ  DH Ð  dh ð  diagup ╱  Diamond ◇  diamond ♢  Digamma Ϝ  digamma ϝ  div ÷  divideontimes ⋇  DJ Đ
dj đ  doteq ≐  doteqdot ≑  dotplus ∔  dots …  dotsb …  dotsc …  dotsi …  dotsm …  dotso …  Downarrow ⇓
downarrow ↓  DownArrowBar ⤓  DownArrowUpArrow ⇵  downdownarrows ⇊  downharpoonleft ⇃  downharpoonright ⇂
DownLeftRightVector ⥐  DownLeftTeeVector ⥞  DownLeftVectorBar ⥖  DownRightTeeVector ⥟  DownRightVectorBar ⥗
downslopeellipsis ⋱  eighthnote ♪  ell ℓ  emptyset ∅  Epsilon Ε  epsilon ϵ  eqcirc ≖  eqslantgtr ⪖
eqslantless ⪕  Equal ⩵  equiv ≡  estimates ≙  Eta Η  eta η  eth ƪ  EUR €  euro €  exists ∃  fallingdotseq ≒
flat ♭  flq ‹  flqq «  forall ∀  forcesextra ⊨  frown ⌢  frq ›  frqq »  Gamma Γ  gamma γ  ge ≥  gemini ♊  geq ≥
geqq ≧  geqslant ⩾  gets ←  gg ≫  gimel ℷ  glq ‚  glqq „  gnapprox ⪊  gneq ⪈  gneqq ≩  gnsim ⋧
greaterequivlnt ≳  grq ‘  grqq “  gtrapprox ⪆  gtrdot ⋗  gtreqless ⋛  gtreqqless ⪌  gtrless ≷  gtrsim ≳
guillemetleft «  guillemetright »  guillemotleft «  guillemotright »  guilsinglleft ‹  guilsinglright ›  hbar ℏ
hermitconjmatrix ⊹  homothetic ∻  hookleftarrow ↩  hookrightarrow ↪  hslash ℏ  hyphen -  i ı  id 𝕀  iddots ⋰
Ident 𝕀  iiint ∭  iint ∬  IJ Ĳ  ij ĳ  image ⊷  in ∈  infty ∞  int ∫  intercal ⊺  Iota Ι  iota ι  j ȷ  jupiter ♃
Kappa Κ  kappa κ  Koppa Ϟ  L Ł  l ł  Lambda Λ  lambda λ  langle ⟨  lazysinv ∾  lbrace {  lbrack [  lceil ⌈
ldots …  le ≤  Leftarrow ⇐  leftarrow ←  leftarrowtail ↢  LeftDownTeeVector ⥡  LeftDownVectorBar ⥙
leftharpoondown ↽  leftharpoonup ↼  leftleftarrows ⇇  Leftrightarrow ⇔  leftrightarrow ↔  leftrightarrows ⇆
leftrightharpoons ⇋  leftrightsquigarrow ↭  LeftRightVector ⥎  LeftTeeVector ⥚  leftthreetimes ⋋
LeftTriangleBar ⧏  LeftUpDownVector ⥑  LeftUpTeeVector ⥠  LeftUpVectorBar ⥘  LeftVectorBar ⥒  leo ♌  leq ≤
leqq ≦  leqslant ⩽  lessapprox ⪅  lessdot ⋖  lesseqgtr ⋚  lesseqqgtr ⪋  lessequivlnt ≲  lessgtr ≶  lesssim ≲
lfloor ⌊  libra ♎  ll ≪  llcorner ⌞  Lleftarrow ⇚  lmoustache ⎰  lnapprox ⪉  lneq ⪇  lneqq ≨  lnot ¬  lnsim ⋦
Longleftarrow ⟸  longleftarrow ⟵  Longleftrightarrow ⟺  longleftrightarrow ⟷  longmapsto ⟼  Longrightarrow ⟹
longrightarrow ⟶  looparrowleft ↫  looparrowright ↬  lozenge ◊  lq ‘  lrcorner ⌟  Lsh ↰  ltimes ⋉  lVert ‖
lvert |  male ♂  mapsto ↦  measuredangle ∡  mercury ☿  mho ℧  micro µ  mid |  mp ∓  Mu Μ  mu μ  multimap ⊸
nabla ∇  natural ♮  ne ≠  nearrow ↗  neptune ♆  neq ≠  NestedGreaterGreater ⪢  NestedLessLess ⪡  nexists ∄  NG Ŋ
ng ŋ  ngeq ≱  ngtr ≯  ni ∋  nLeftarrow ⇍  nleftarrow ↚  nLeftrightarrow ⇎  nleftrightarrow ↮  nleq ≰  nless ≮
nmid ∤  notgreaterless ≹  notin ∉  notlessgreater ≸  nparallel ∦  nprec ⊀  nRightarrow ⇏  nrightarrow ↛
nsubseteq ⊈  nsucc ⊁  nsupseteq ⊉  ntriangleleft ⋪  ntrianglelefteq ⋬  ntriangleright ⋫  ntrianglerighteq ⋭
Nu Ν  nu ν  nVDash ⊯  nVdash ⊮  nvDash ⊭  nvdash ⊬  nwarrow ↖  O Ø  o ø  odot ⊙  OE Œ  oe œ  ohm Ω  oint ∮
Omega Ω  omega ω  Omicron Ο  omicron ο  ominus ⊖  openbracketleft 〚  openbracketright 〛  oplus ⊕  original ⊶
oslash ⊘  otimes ⊗  P ¶  parallel ∥  partial ∂  perp ⊥  perspcorrespond ⩞  Phi Φ  phi ϕ  Pi Π  pi π  pisces ♓
pitchfork ⋔  pluto ♇  pm ±  pounds £  prec ≺  precapprox ⪷  preccurlyeq ≼  precedesnotsimilar ⋨  preceq ≼
precnapprox ⪹  precneqq ⪵  precsim ≾  prime ′  prod ∏  propto ∝  Psi Ψ  psi ψ  quarternote ♩  quotedblbase „
quotesinglbase ‚  rangle ⟩  rbrace }  rbrack ]  rceil ⌉  recorder ⌕  registered ®  ReverseUpEquilibrium ⥯
rfloor ⌋  Rho Ρ  rho ρ  rightangle ∟  rightanglearc ⊾  Rightarrow ⇒  rightarrow →  rightarrowtail ↣
RightDownTeeVector ⥝  RightDownVectorBar ⥕  rightharpoondown ⇁  rightharpoonup ⇀  rightleftarrows ⇄
rightleftharpoons ⇌  rightmoon ☾  rightrightarrows ⇉  rightsquigarrow ⇝  RightTeeVector ⥛  rightthreetimes ⋌
RightTriangleBar ⧐  RightUpDownVector ⥏  RightUpTeeVector ⥜  RightUpVectorBar ⥔  RightVectorBar ⥓
risingdotseq ≓  rmoustache ⎱  RoundImplies ⥰  rq ’  Rrightarrow ⇛  Rsh ↱  rtimes ⋊  RuleDelayed ⧴  rVert ‖
rvert |  S §  sagittarius ♐  Sampi Ϡ  saturn ♄  scorpio ♏  searrow ↘  setminus ∖  sharp ♯  Sigma Σ  sigma σ
sim ∼  simeq ≃  slash /  smallsetminus ∖  smile ⌣  sphericalangle ∢  sqcap ⊓  sqcup ⊔  sqrint ⨖  sqsubset ⊏
sqsubseteq ⊑  sqsupset ⊐  sqsupseteq ⊒  square □  SS ẞ  ss ß  star ⋆  starequal ≛  Stigma Ϛ  Subset ⋐  subset ⊂
subseteq ⊆  subseteqq ⫅  subsetneq ⊊  subsetneqq ⫋  succ ≻  succapprox ⪸  succcurlyeq ≽  succeq ≽  succnapprox ⪺
succneqq ⪶  succnsim ⋩  succsim ≿  sum ∑  Supset ⋑  supset ⊃  supseteq ⊇  supseteqq ⫆  supsetneq ⊋  supsetneqq ⫌
surd √  surfintegral ∯  swarrow ↙  Tau Τ  tau τ  taurus ♉  textacutedbl ˝  textasciiacute ´  textasciibreve ˘
textasciicaron ˇ  textasciicircum ^  textasciidieresis ¨  textasciigrave `  textasciimacron ¯  textasciitilde ~
textasteriskcentered ⁎  textbackslash \\  textbaht ฿  textbar |  textbigcircle ◯  textblank ␢  textbraceleft {
textbraceright }  textbrokenbar ¦  textbullet •  textcdot ·  textcelsius ℃  textcent ¢  textcircledP ℗
textcolonmonetary ₡  textcopyright ©  textcurrency ¤  textdagger †  textdaggerdbl ‡  textdegree °
textdiscount ⁒  textdiv ÷  textdollar $  textdong ₫  textdoublepipe ǂ  textdownarrow ↓  textellipsis …
textemdash —  textendash –  textestimated ℮  texteuro €  textexclamdown ¡  textflorin ƒ  textfractionsolidus ⁄
textglotstop ʔ  textgreater >  texthvlig ƕ  texthyphen -  textinfty ∞  textinterrobang ‽  textlangle ⟨
textleftarrow ←  textless <  textlira ₤  textlnot ¬  textmho ℧  textmp ∓  textmu µ  textmusicalnote ♪
textnaira ₦  textnrleg ƞ  textnumero №  textohm Ω  textonehalf ½  textonequarter ¼  textonesuperior ¹
textopenbullet ◦  textordfeminine ª  textordmasculine º  textparagraph ¶  textperiodcentered ·
textpertenthousand ‱  textperthousand ‰  textpeso ₱  textphi ɸ  textpm ±  textquestiondown ¿  textquotedbl "
textquotedblleft “  textquotedblright ”  textquoteleft ‘  textquoteright ’  textquotesingle '  textrangle ⟩
textrecipe ℞  textreferencemark ※  textregistered ®  textrightarrow →  textschwa ə  textsection §
textservicemark ℠  textslash /  textsterling £  textTheta ϴ  texttheta θ  textthreequarters ¾
textthreesuperior ³  texttildelow ˜  texttimes ×  texttrademark ™  textturnk ʞ  texttwosuperior ²
textunderscore _  textuparrow ↑  textvartheta ϑ  textvisiblespace ␣  textwon ₩  textyen ¥  TH Þ  th þ
therefore ∴  Theta Θ  theta θ  tildetrpl ≋  times ×  tm ™  to →  top ⊤  triangledown ▿  triangleleft ◃
trianglelefteq ⊴  triangleq ≜  triangleright ▹  trianglerighteq ⊵  truestate ⊧  twoheadleftarrow ↞
twoheadrightarrow ↠  udots ⋰  ulcorner ⌜  Uparrow ⇑  uparrow ↑  UpArrowBar ⤒  Updownarrow ⇕  updownarrow ↕
UpEquilibrium ⥮  upharpoonleft ↿  upharpoonright ↾  uplus ⊎  Upsilon Υ  upsilon υ  upslopeellipsis ⋰
upuparrows ⇈  uranus ♅  urcorner ⌝  varepsilon ε  varkappa ϰ  varnothing ∅  varperspcorrespond ⌆  varphi φ
varpi ϖ  varrho ϱ  varsigma ς  vartheta ϑ  vartriangle ▵  vartriangleleft ⊲  vartriangleright ⊳  VDash ⊫
Vdash ⊩  vdash ⊢  vdots ⋮  vee ∨  veebar ⊻  venus ♀  Vert ‖  vert |  verymuchgreater ⋙  verymuchless ⋘  virgo ♍
volintegral ∰  Vvdash ⊪  wedge ∧  wp ℘  wr ≀  Xi Ξ  xi ξ  Zeta Ζ  zeta ζ"""

SYMBOLS: Final[dict[str, str]] = dict(zip(_SYMBOL_PAIRS.split()[::2], _SYMBOL_PAIRS.split()[1::2], strict=True))
"""Control word -> the text it prints."""

ESCAPED: Final[dict[str, str]] = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}",
    " ": " ", "\n": " ", "\t": " ", "\r": " ", ",": "\u202f", ";": " ", ":": " ", ">": " ",
    "-": "", "/": "", "!": "", "@": "", "\\": " ",
}  # fmt: skip
"""Control symbol -> the text it prints. ``\\,`` is a narrow no-break space; ``\\\\`` breaks a line: a space."""

ACCENTS: Final[dict[str, str]] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", '"': "\u0308",
    "u": "\u0306", "h": "\u0309", "r": "\u030a", "H": "\u030b", "v": "\u030c", "U": "\u030e", "G": "\u030f",
    "f": "\u0311", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
    "textcommabelow": "\u0326", "textcommaabove": "\u0313", "textogonekcentered": "\u0328", "textcircled": "\u20dd",
    "ocirc": "\u030a",
}  # fmt: skip
"""Accent command -> combining character that follows the letter."""

MATH_ACCENTS: Final[dict[str, str]] = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300",
    "breve": "\u0306", "check": "\u030c", "mathring": "\u030a", "underline": "\u0332", "dddot": "\u20db",
}  # fmt: skip

SPACING: Final[dict[str, str]] = {
    "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0307": "˙", "\u0308": "¨",
    "\u0306": "˘", "\u030a": "˚", "\u030b": "˝", "\u030c": "ˇ", "\u0327": "¸", "\u0328": "˛",
}  # fmt: skip
"""Combining character -> what an accent over nothing prints."""

ITALIC, BOLD, SMALL_CAPS, SUPERSCRIPT, SUBSCRIPT = "i", "b", "sc", "sup", "sub"

STYLES: Final[dict[str, str]] = {
    "emph": ITALIC, "textit": ITALIC, "textsl": ITALIC, "mkbibemph": ITALIC, "mkbibitalic": ITALIC,
    "textbf": BOLD, "mkbibbold": BOLD, "textsc": SMALL_CAPS,
    "textsuperscript": SUPERSCRIPT, "mkbibsuperscript": SUPERSCRIPT, "up": SUPERSCRIPT,
    "textsubscript": SUBSCRIPT, "mkbibsubscript": SUBSCRIPT,
}  # fmt: skip
"""Commands that set their argument in a style."""

DECLARATIONS: Final[dict[str, str]] = {
    "em": ITALIC, "it": ITALIC, "sl": ITALIC, "itshape": ITALIC, "slshape": ITALIC,
    "bf": BOLD, "bfseries": BOLD, "sc": SMALL_CAPS, "scshape": SMALL_CAPS,
}  # fmt: skip
"""Commands that set the rest of their group in a style."""

TRANSPARENT: Final = _words(
    """
    texttt textrm textsf textup textmd textnormal text mbox hbox fbox underline uline acro acronym ac textls
    pkg proglang code CTAN lowercase uppercase MakeLowercase MakeUppercase NoCaseChange bibstring mkbibnamefamily
    mkbibnamegiven mkbibnameprefix mkbibnamesuffix singleletter textgreek textcyrillic textlatin nolinkurl
    ensureascii hyphenrules smash textlf textosf textln oldstylenums mkbibdate
    """
)
"""Commands of which only the argument is printed, as it stands."""

SECOND_ARGUMENT: Final = frozenset(
    {"textcolor", "foreignlanguage", "foreigntextlanguage", "selectlanguage", "hyperref"}
)
"""Commands of which only the second argument is printed."""

FIRST_ARGUMENT: Final = frozenset({"htmladdnormallink", "printfirst", "texorpdfstring"})
"""Commands of which only the first of two arguments is printed."""

HIDDEN_ARGUMENT: Final = frozenset(
    {"noopsort", "SortNoop", "noop", "nop", "hspace", "vspace", "label", "vphantom", "hphantom", "phantom"}
)
"""Commands that print nothing, with one argument (``\\noopsort`` is the manual's trick to sort volumes)."""

SILENT: Final = _words(
    """
    relax protect cyrchar cal mit leavevmode ignorespaces nobreak allowbreak nolinebreak textcompwordmark sloppy
    fussy nocorr nopunct isdot rm tt sf rmfamily ttfamily sffamily upshape mdseries normalfont tiny scriptsize
    footnotesize small normalsize large Large LARGE huge Huge frenchspacing nonfrenchspacing unskip noindent unspace
    bgroup egroup
    """
)
"""Commands that print nothing and take nothing."""

SPACES: Final = frozenset(
    {"newline", "linebreak", "par", "break", "quad", "qquad", "enspace", "enskip", "space", "hfill"}
)
"""Commands that print white space."""

QUOTED: Final[dict[str, tuple[str, str]]] = {
    "enquote": ("“", "”"), "mkbibquote": ("“", "”"), "textquote": ("“", "”"),
    "mkbibparens": ("(", ")"), "parentext": ("(", ")"), "mkbibbrackets": ("[", "]"), "brackettext": ("[", "]"),
}  # fmt: skip
"""Commands that print marks around their argument."""

LOGOS: Final[dict[str, str]] = {
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "BibLaTeX": "BibLaTeX", "AmS": "AMS",
    "AMS": "AMS", "AmSTeX": "AMSTeX", "AMSTeX": "AMSTeX", "AmSLaTeX": "AMSLaTeX", "XeTeX": "XeTeX",
    "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX", "LuaLaTeX": "LuaLaTeX", "pdfTeX": "pdfTeX", "pdfLaTeX": "pdfLaTeX",
    "ConTeXt": "ConTeXt", "eTeX": "ε-TeX", "MF": "Metafont", "METAFONT": "Metafont", "MP": "MetaPost",
    "METAPOST": "MetaPost", "WEB": "WEB", "CWEB": "CWEB", "SliTeX": "SliTeX", "PiCTeX": "PiCTeX", "PS": "PostScript",
    "PostScript": "PostScript", "TUB": "TUGboat", "TUGboat": "TUGboat", "LyX": "LyX", "KOMAScript": "KOMA-Script",
}  # fmt: skip
"""Names that have their own commands; their letters keep their case."""

OPERATORS: Final = _words(
    """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min
    mod Pr sec sin sinh sup tan tanh
    """
)
"""Math operators, printed by their name."""

MATH_FONTS: Final = _words(
    """
    mathrm mathit mathsf mathtt mathnormal mathcal mathscr mathfrak mathbb mathbf boldsymbol bm text textrm textnormal
    textup textit textsf texttt mbox hbox operatorname ensuremath emph
    """
)
"""Math commands of which only the argument is printed."""

MATH_SILENT: Final = _words(
    """
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle displaystyle textstyle scriptstyle limits
    nolimits rm it bf sf tt cal sl em nonumber mathstrut relax protect
    """
)

DOUBLE_STRUCK: Final = str.maketrans("CHNPQRZABDEFGIJKLMOSTUVWXYk1", "ℂℍℕℙℚℝℤ𝔸𝔹𝔻𝔼𝔽𝔾𝕀𝕁𝕂𝕃𝕄𝕆𝕊𝕋𝕌𝕍𝕎𝕏𝕐𝕜𝟙")

SUPERSCRIPTS: Final[dict[str, str]] = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
SUBSCRIPTS: Final[dict[str, str]] = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
