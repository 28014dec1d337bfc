"""The words in which sites say that they do not have a page, in some twenty languages.

A text is such a message when every word of it is one of those that they are made of, and some of them together say
that a thing is not there: "Sorry, the page you were looking for could not be found", and not "Evidence not found".
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABSENT_WORDS = _words(
    """
    1 a aaa ah an and any apologies are article at available back be been book broken but by can can't cannot
    catalogue catalog chapter check code content could couldn couldn't d dataset dead deleted did didn didn't doc
    document does doesn doesn't doi doh due e404 empty end entry err error exist existing exists file find for found
    from go gone had handle has have here hm hmm home http https i id identifier image in invalid is isn isn't it item
    its journal know link locate located location longer lost ll look looking m match matching may might missing moved
    node no none not nothing object of oh ohh ohhh on one oops ooops or our page pages paper photo please post posting
    product publication re reach reached record records removed renamed report requested resource result results s
    search section seem seems server site snap something sorry sought status story study t temporarily text that
    that's the there there's this title to topic tried trying uh um unable unavailable unfortunately unknown uri url
    ve video was wasn wasn't we web website were what whatever what's where whoops whoopsie withdrawn without wrong
    you you've your 404 410 das den der des die diese diesem dieser dieses dokument datei ein eine existiert
    existieren fehler für gefunden gesuchte gesuchten gewünschte gewünschten gibt angeforderte angeforderten
    aufgerufene haben hier hoppla huch ihnen im inhalt ist ja kann kein keine keinen konnte konnten leider mehr nicht
    nichts nun seite seiten sie unter ups uups verfügbar verschoben vorhanden von werden wir wurde wurden zu zur es
    artikel eintrag beitrag ihre ihr finden existent gelöscht entfernt adresse ungültig entschuldigung accéder aucun
    aucune avez ce cet cette cherchez cherchée contenu de demandé demandée désolé désolés disponible du elle en erreur
    est et existe fichier il indisponible introuvable l la le les lien malheureusement mince n ne nous ou oups par pas
    plus pouvez que qui recherché recherchée recherchez ressource sur trouve trouver trouvé trouvée vous à été
    n'existe supprimée supprimé al archivo buscada buscado buscas busca contenido documento el encontrada encontrado
    encontramos encontrar encontró encuentra esta este estás ha hemos inexistente lo lamentamos los página podemos
    pudo puede recurso se sentimos solicitada solicitado solicitas su vaya ya está eliminada cercando cercata cercato
    che contenuto della di disponibile errore esiste esistente inesistente non ops pagina più questa richiesta
    richiesto risorsa siamo spiacenti stai stata stato trovare trovata trovato è può essere purtroppo bestaat bestand
    deze gevonden gezochte helaas het kan kon kunnen meer niet oeps opgevraagde u vinden werd worden wij zoekt
    beschikbaar acessar conteúdo desculpe erro existir foi infelizmente mais não o pode pôde procura procurada ser
    você disponível removida adres błąd brak istnieje jej nie niestety nieznaleziona odnaleziona odnaleziono ojej
    podana pod podanym przepraszamy strona strony szukana szukanej tej takiej ta taka znaleziona znaleziono została
    zostało zasób żądana адрес адресу в данная документ документа запрашиваемая запрашиваемой запрошенная извините к
    на не найден найдена найдено нет по такой такого сожалению страница страницы существует удалена удалён ошибка эта
    этой beklager blev det desværre efter er eller ej fann fant findes finnes fundet funnet hittade hittades hittas
    här ikke inte kunde leter letar siden sida sidan som tyvärr vi finns ble har ei ole löydy löytynyt löydetty
    olemassa pahoittelemme sivu sivua sivun valitettavasti hakemaasi etsimääsi bohužel chyba hledaná je nebyla nebyl
    neexistuje nemohla nalezen nalezena nalezeno nenalezena nenalezeno nenájdená nenašla požadovaná sa stránka stránku
    tato táto být aradığınız aranan bulunamadı bulunmamaktadır bulunmuyor hata maalesef sayfa sayfası sayfanız üzgünüz
    az elérhető keresett kért nem oldal sajnos található accesat accesată căutată eroare există fost găsit găsită nu
    pagină pare rău βρέθηκε δεν η που σελίδα σφάλμα υπάρχει ζητήσατε αυτή λυπούμαστε không tìm thấy trang tồn tại này
    bạn lỗi الصفحة غير موجودة عذرا عذراً لم يتم العثور على المطلوبة هذه خطأ הדף לא נמצא העמוד שגיאה מצטערים artículo
    artigo articolo artykuł статья статьи revista revue artículos fosse pu online searching anywhere
    """
)
"""In one bag: a message is in one language, and what its words mean in another does not matter."""
_ABSENT_TRIGGERS = tuple(
    frozenset(each.split())
    for each in (
        "not found", "wasn't found", "cannot found", "can't found", "not find", "couldn find",
        "couldn't find", "can't find", "cannot find", "unable find", "not exist", "doesn exist", "doesn't exist",
        "not exists", "no longer available", "no longer exists", "no longer exist", "no longer here", "not available",
        "isn't available", "isn available", "page unavailable", "content unavailable", "article unavailable",
        "has been removed", "has been deleted", "page removed", "page deleted", "page gone", "page missing",
        "missing page", "nothing found", "nothing here", "dead end", "unable locate", "couldn't locate", "not located",
        "no record found", "no records found", "no item found", "broken link", "invalid url", "invalid link",
        "invalid article", "invalid doi", "invalid id", "unknown page", "unknown doi", "isn't here", "page lost",
        "nicht gefunden", "existiert nicht", "existieren nicht", "nicht verfügbar", "nicht vorhanden", "gibt nicht",
        "nicht existent", "wurde gelöscht", "wurde entfernt", "keine gefunden",
        "non trouvée", "non trouvé", "introuvable", "existe pas", "pas trouvée", "pas trouvé", "existe plus",
        "plus disponible", "pas disponible", "indisponible", "n'existe pas", "été supprimée", "aucune trouvée",
        "no encontrada", "no encontrado", "no encontró", "no existe", "no encuentra", "no encontramos", "no disponible",
        "página inexistente", "sido eliminada", "podemos encontrar no",
        "não encontrada", "não encontrado", "não existe", "não encontramos", "não disponível", "foi removida",
        "não encontrar", "non trovata", "non trovato", "non esiste", "non disponibile", "pagina inesistente",
        "non trovare", "niet gevonden", "bestaat niet", "niet beschikbaar", "niet vinden",
        "hittades inte", "finns inte", "inte hittas", "hittade inte", "ikke fundet", "ikke funnet", "fant ikke",
        "findes ikke", "finnes ikke", "ei löydy", "ei löytynyt", "ei ole olemassa", "ei löydetty",
        "nie znaleziona", "nie znaleziono", "nie istnieje", "nie odnaleziona", "nie odnaleziono", "nieznaleziona",
        "не найдена", "не найдено", "не найден", "не существует", "страницы нет", "страница удалена",
        "nenalezena", "nenalezeno", "nebyla nalezena", "neexistuje", "nenájdená", "bulunamadı", "bulunmamaktadır",
        "nem található", "nu găsită", "nu există", "δεν βρέθηκε", "δεν υπάρχει", "không tồn tại", "không tìm thấy",
        "غير موجودة", "لم العثور", "לא נמצא",
    )
)  # fmt: skip
_NUMBERS = _words("404 410 e404")
_ERRORS = _words(
    "error err http https oh oops ooops uh whoops fehler erreur erro errore fout błąd ошибка chyba hata eroare hiba"
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ABSENT_CHARACTERS = frozenset(
    "抱歉对不起很遗憾您你要访问找寻的该此这个页面网頁網文章内容內已经經被删除刪存在未到无無法打开顯显示或者"
    "可能是因为為出错了错误錯誤没沒有请請求所"
    "探指定見申訳削移動性残念現ページエラーアクセスファイルコンテンツ記事"
    "요청하신페이지를찾을수없습니다존재하지않는죄송합니다오류"
) | frozenset(map(chr, range(0x3041, 0x3097)))
"""Characters of Chinese, Japanese and Korean that such messages are made of."""
_ABSENT_RUNS = (
    *_words(
        """
        不存在 找不到 未找到 无法找到 無法找到 没有找到 沒有找到 已被删除 已被刪除 已删除 已刪除 无法访问
        見つかりません 存在しません 見つけることができません 見当たりません 削除されました
        """
    ),
    "찾을 수 없",
    "존재하지 않",
)
_MOST_WORDS = 18
_WORD = re.compile(r"[^\W_]+(?:'t|'ve|'s)?")


def says_absent(segment: str) -> bool:
    """Whether a sentence or a part of a title says nothing but that the page is not there."""
    folded = segment.casefold().replace("\u2019", "'")
    asian: list[str] = [] if folded.isascii() else _EAST_ASIAN.findall(folded)
    if asian:
        if not _ABSENT_CHARACTERS.issuperset(asian) or not any(run in folded for run in _ABSENT_RUNS):
            return False
        folded = _EAST_ASIAN.sub(" ", folded)
    held: set[str] = set()
    for count, word in enumerate(_WORD.finditer(folded)):
        if word[0] not in _ABSENT_WORDS or count == _MOST_WORDS:
            return False
        held.add(word[0])
    if asian or any(trigger <= held for trigger in _ABSENT_TRIGGERS):
        return True
    # "Error 404", and not "Chapter 404".
    return bool(held & _NUMBERS) and (held <= _NUMBERS or not held.isdisjoint(_ERRORS))


_HINTS = (
    *_ABSENT_TRIGGERS,
    *(
        frozenset(each.split())
        for each in (
            "404", "410 gone", "no longer", "no such", "not located", "couldn't find", "nicht mehr", "kein gefunden",
            "keinen gefunden", "nicht finden", "n'est plus", "existe plus", "trouvée pas", "pu trouvée", "trouvé pas",
            "ya no", "non più", "niet meer", "não mais", "já não", "больше не", "ikke længere", "ikke lenger",
            "inte längre", "nie ma", "již není", "artık yok", "no localizada", "non presente", "не доступна",
            "недоступна", "недоступен",
        )
    ),
)  # fmt: skip


def hints_at_absence(text: str) -> bool:
    """Whether a title has words in it, among any others, that say of something that it is not there."""
    folded = text.casefold().replace("\u2019", "'")
    if not folded.isascii() and any(run in folded for run in _ABSENT_RUNS):
        return True
    held = {word[0] for word in _WORD.finditer(folded)}
    return any(hint <= held for word in held if word in _HINTS_OF for hint in _HINTS_OF[word])


_COMMON = _words("page content article record records item been url link página pagina страница сторінка été wurde")


def _by_rarest_word(hints: tuple[frozenset[str], ...]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for hint in hints:
        found.setdefault(max(hint, key=lambda word: (word not in _COMMON, len(word), word)), []).append(hint)
    return found


_HINTS_OF = _by_rarest_word(_HINTS)
