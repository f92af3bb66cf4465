"""Hosts whose pages are in another character set than they say."""

import codecs
from dataclasses import dataclass

from tests.hostile.case import Case, Stored
from tests.scrapers.site import answer

TURKISH = (
    "Rıhtım kurulu pazartesi günü toplandı ve iskelelerin kapalı kalacağını açıkladı.",
    "Balıkçılar, görüşmelere çağrılmamalarının haksız olduğunu söyledi; bakanlık şimdilik susuyor.",
    "Köprünün önümüzdeki ilkbaharda açılacağı, gecikmenin ise hava koşullarından doğduğu bildirildi.",
    "Vapurlar kış tarifesine göre çalışmayı sürdürecek, görüşmeler gelecek hafta yeniden başlayacak.",
)
RUSSIAN = (
    "Правление порта собралось в понедельник и объявило, что причалы останутся закрытыми.",
    "Рыбаки заявили, что их не пригласили на переговоры, и назвали это решение незаконным.",
    "Министерство сообщило, что мост откроют весной следующего года после двух задержек.",
    "Паромы ходят по зимнему расписанию, а переговоры продолжатся на следующей неделе.",
)
FRENCH = (
    "Le conseil du port s’est réuni lundi et a annoncé que les jetées resteraient fermées jusqu’à l’été.",
    "Les pêcheurs ont déclaré qu’ils n’avaient jamais été invités aux négociations, ce qui serait illégal.",
    "Le ministère a précisé que le pont ouvrirait au printemps de l’année prochaine, après deux retards.",
    "Les bateaux gardent leur horaire d’hiver, et les négociations reprendront la semaine prochaine.",
)
CHINESE = (
    "港务局星期一召开会议，宣布两座码头在夏天之前将继续关闭，等待新的检查结果公布之后再作决定。",
    "渔民说他们从来没有被邀请参加谈判，并认为这样的决定是违法的，他们要求重新开始对话并公开全部记录。",
    "交通部表示，大桥在两次推迟之后将于明年春天通车，造成推迟的原因是恶劣的天气和材料的短缺。",
    "渡轮仍然按照冬季时刻表航行，谈判将在下个星期继续举行，双方都表示希望尽快达成协议并签字。",
)
LANGUAGES = {"tr": TURKISH, "ru": RUSSIAN, "fr": FRENCH, "zh": CHINESE}


@dataclass(frozen=True, slots=True)
class Lie:
    """What a page is written in, and what its header and its meta tag call it; empty where one says nothing."""

    language: str
    really: str
    header: str = ""
    meta: str = ""
    before: bytes = b""


LIES = {
    "utf-8-as-latin-1": Lie("fr", "utf-8", header="iso-8859-1"),
    "utf-8-as-ascii": Lie("tr", "utf-8", header="us-ascii", meta="us-ascii"),
    "utf-8-as-unknown": Lie("tr", "utf-8", header="x-unknown-8bit", meta="none of your business"),
    "utf-8-as-utf-16": Lie("ru", "utf-8", header="utf-16", meta="utf-16le"),
    "utf-8-as-utf-7": Lie("fr", "utf-8", header="utf-7", meta="utf-7"),
    "utf-8-with-bom-as-1251": Lie("ru", "utf-8", header="windows-1251", before=codecs.BOM_UTF8),
    "1252-as-utf-8": Lie("fr", "cp1252", header="utf-8", meta="utf-8"),
    "1254-as-utf-8": Lie("tr", "cp1254", header="utf-8", meta="utf-8"),
    "1254-as-latin-1": Lie("tr", "cp1254", meta="iso-8859-9", header="iso-8859-1"),
    "1254-undeclared": Lie("tr", "cp1254"),
    "1252-as-unknown": Lie("fr", "cp1252", header="x-mine", meta="x-mine-too"),
    "1252-as-punycode": Lie("fr", "cp1252", header="punycode", meta="punycode"),
    "1252-as-hex": Lie("fr", "cp1252", header="hex", meta="rot13"),
    "1251-in-header-alone": Lie("ru", "cp1251", header="windows-1251"),
    "koi8-in-meta-1251-in-header": Lie("ru", "koi8-r", header="koi8-r", meta="windows-1251"),
    "koi8-header-says-utf-8": Lie("ru", "koi8-r", header="utf-8", meta="koi8-r"),
    "gb18030-as-gb2312": Lie("zh", "gb18030", header="gb2312", meta="gb2312"),
    "utf-16-le-without-bom": Lie("fr", "utf-16-le"),
    "utf-16-be-without-bom-as-utf-8": Lie("fr", "utf-16-be", header="utf-8"),
    "utf-16-with-bom-as-1254": Lie("tr", "utf-16-le", header="windows-1254", before=codecs.BOM_UTF16_LE),
    "utf-32-with-bom": Lie("ru", "utf-32-le", header="utf-8", before=codecs.BOM_UTF32_LE),
    "utf-16-russian-without-bom": Lie("ru", "utf-16-le", header="utf-16le"),
}


def page_of(name: str, lie: Lie) -> bytes:
    """The page as it is sent."""
    meta = f'<meta charset="{lie.meta}">' if lie.meta else ""
    text = "".join(f"<p>{sentence}</p>\n" for sentence in LANGUAGES[lie.language] * 2)
    head = f'<!doctype html><html lang="{lie.language}"><head>{meta}<title>{name}</title></head>'
    html = f"{head}<body><article><h1>{name}</h1>{text}</article></body></html>"
    return lie.before + html.encode(lie.really, "xmlcharrefreplace")


def lying(name: str, lie: Lie) -> Case:
    """A page that ends as an article with readable text."""
    content_type = f"Content-Type: text/html; charset={lie.header}" if lie.header else "Content-Type: text/html"
    return Case(
        f"charset-{name}", Stored(LANGUAGES[lie.language][1]), {"/story": answer(page_of(name, lie), content_type)}
    )


UTF_7 = "".join(f"<p>{sentence.encode('utf-7').decode()}</p>" for sentence in FRENCH * 2).encode()
BROKEN_UTF_8 = page_of("x", Lie("tr", "utf-8")).replace("Köprünün".encode(), b"K\xf6pr\xc3\xbcn\xc3\xbcn", 1)
CASES = (
    *(lying(name, lie) for name, lie in LIES.items()),
    # Nobody decodes UTF-7 any more (WHATWG Encoding): markup hides in it.
    Case(
        "charset-utf-7",
        Stored("Le conseil du port"),
        {
            "/story": answer(
                UTF_7 + b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "Content-Type: text/html; charset=utf-7"
            )
        },
    ),
    Case("charset-utf-8-with-a-flaw", Stored(TURKISH[1]), {"/story": answer(BROKEN_UTF_8)}),
    Case(
        "charset-ebcdic",
        Stored(FRENCH[3]),
        {"/story": answer(page_of("x", Lie("fr", "cp500")), "Content-Type: text/html; charset=cp500")},
    ),
)
