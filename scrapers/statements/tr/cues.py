"""Turkish reporting cues: what follows a quotation or a nominalised clause and says that it was stated."""

# Each cue as the words that it ends with; tense and person are in the word itself.
SPEECH = (
    "dedi", "diyor", "demişti", "der", "diye konuştu", "diye yazdı", "diye ekledi", "diye sordu", "diye yanıtladı",
    "diye seslendi", "diye belirtti", "diye açıkladı", "diye uyardı", "diye cevap verdi", "diye yanıt verdi",
    "şeklinde konuştu", "şeklinde açıkladı", "şeklinde yanıtladı", "şeklinde yanıt verdi", "ifadelerini kullandı",
    "ifadesini kullandı", "ifadelerine yer verdi", "değerlendirmesinde bulundu", "değerlendirmesini yaptı",
    "açıklamasında bulundu", "açıklamasını yaptı", "sözlerini kullandı", "diye kaydetti", "yanıtını verdi",
    "cevabını verdi", "çağrısında bulundu", "uyarısında bulundu", "iddiasında bulundu", "mesajını verdi",
    "mesajını paylaştı", "görüşünü dile getirdi", "görüşünü savundu",
)  # fmt: skip
REPORT = (
    "söyledi", "söylüyor", "söylemişti", "belirtti", "belirtiyor", "belirtmişti", "açıkladı", "açıklamıştı", "bildirdi",
    "kaydetti", "vurguladı", "vurguluyor", "savundu", "savunuyor", "ifade etti", "ifade ediyor", "iddia etti",
    "iddia ediyor", "öne sürdü", "ileri sürdü", "dile getirdi", "aktardı", "duyurdu", "anlattı", "ekledi", "hatırlattı",
    "yineledi", "tekrarladı", "kabul etti", "itiraf etti", "ima etti", "öngördü", "tahmin etti", "düşünüyor",
    "inanıyor", "uyardı", "ısrar etti", "doğruladı", "teyit etti", "altını çizdi", "dikkat çekti", "işaret etti",
    "yazdı", "ilan etti", "taahhüt etti", "vaat etti", "sözlerine ekledi", "suçladı", "itham etti",
)  # fmt: skip
DENIAL = ("yalanladı", "yalanlıyor", "reddetti", "reddediyor", "inkâr etti", "inkar etti", "kabul etmedi")
ANONYMOUS = (
    "iddia edildi", "iddia ediliyor", "bildirildi", "belirtildi", "açıklandı", "öğrenildi", "ifade edildi",
    "kaydedildi", "öne sürüldü", "ileri sürüldü", "duyuruldu", "söyleniyor", "tahmin ediliyor", "belirtiliyor",
)  # fmt: skip


def by_words(cues: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The cues as tuples of their words."""
    return frozenset(tuple(cue.split()) for cue in cues)


SPEECH_CUES, REPORT_CUES, DENIAL_CUES, ANONYMOUS_CUES = map(by_words, (SPEECH, REPORT, DENIAL, ANONYMOUS))
LONGEST_CUE_WORDS = 3
# "…diğini", "…eceğini", "…ması gerektiğini": the accusative that makes a clause what was said.
CLAUSE_ENDINGS = (
    "dığını", "diğini", "duğunu", "düğünü", "tığını", "tiğini", "tuğunu", "tüğünü", "acağını", "eceğini", "masını",
    "mesini", "maları", "meleri", "dıklarını", "diklerini", "duklarını", "düklerini", "tıklarını", "tiklerini",
    "tuklarını", "tüklerini", "acaklarını", "eceklerini", "malarını", "melerini", "olmadığını", "mayacağını",
    "meyeceğini", "ğını", "ğini", "ğunu", "ğünü",
)  # fmt: skip
