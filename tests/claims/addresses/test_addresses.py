"""Addresses: what is let through, what is refused, and which two are one."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.addresses import canonical, fetchable, is_public, join, parse
from claims.addresses.reach import NAT64
from claims.errors import BadAddress

REFUSED = [
    "",
    "nothing",
    "//news.example/",
    "http:/news.example/",
    "http:///story",
    "http://",
    "http://?q",
    "ftp://news.example/",
    "file:///etc/passwd",
    "gopher://news.example/",
    "javascript:alert(1)",
    "http+unix://news.example/",
    "https://user@news.example/",
    "https://user:secret@news.example/",
    "https://news.example@127.0.0.1/",
    "https://@news.example/",
    "https://news.example\\@127.0.0.1/",
    "https://news.example\\.evil.example/",
    "https:\\\\news.example/",
    "https://news.example/a\\b",
    " https://news.example/",
    "https://news.example/a b",
    "https://news.example/\r\nX: y",
    "https://news.example/\x00",
    "https://news.example/\x85",
    "https://news.exa\tmple/",
    "https://news.example/\ud800",
    "https://news%2eexample/",
    "https://%31%32%37.0.0.1/",
    "https://news.example:/",
    "https://news.example:0/",
    "https://news.example:65536/",
    "https://news.example:8o/",
    "https://news.example:80:80/",
    "https://news.example:-80/",
    "https://news.example:٨٠/",
    "https://.news.example/",
    "https://news..example/",
    "https://-news.example/",
    "https://news.example-/",
    "https://" + "a" * 64 + ".example/",
    "https://" + "a.b" * 100 + ".example/",
    "https://news.example/" + "a" * 2_000,
    "https://news.example/" + "中" * 300,
    "https://news.example/?" + "ü" * 400,
    "https://news.example/#" + "中" * 700,
    "https://news" + "\ufe0f" * 700 + ".example/",
    "https://news,example/",
    "https://news!example/",
    "https://\u3000.example/",
    "https://a\u2024b..example/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://0x7f.0.0.1/",
    "http://127.0.0.0x1/",
    "http://127.0.0.1.1/",
    "http://256.0.0.1/",
    "http://999/",
    "http://news.0x/",
    "http://1.2.3.4.example.5/",
    "http://[::1",
    "http://::1/",
    "http://[]/",
    "http://[::1%eth0]/",
    "http://[::1%25eth0]/",
    "http://[fe80::1%1]/",
    "http://[v1.x]/",
    "http://[127.0.0.1]/",
    "http://[::1]x/",
    "http://x[::1]/",
    "http://[[::1]]/",
]

# fmt: off
PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:7f00:1:0:0:f7f7:f7f7",
    "2001:0:808:808:0:0:80ff:fffe", "2001:2::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::1",
    "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1",
    "2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:10.0.0.1", "2002:808:808::5efe:169.254.169.254", "fd20:ce::254",
    "::a9fe:a9fe", "64:ff9b::100.100.100.200", "64:ff9b:1::808:808", "::ffff:192.0.0.192", "ff0e::1", "fe80::1%eth0",
    "2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:20::1", "2001:db8::8.8.8.8",
]
# fmt: on

# fmt: off
PUBLIC = [
    "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1",
    "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2a00:1450:4001::1",
    "2606:4700::1111", "2a00:1450::5efe:8.8.8.8", "2a00:1450::1:5efe:7f00:1", "2620:4f:8000::1",
]
# fmt: on


@pytest.mark.parametrize("url", REFUSED)
def test_an_odd_address_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(BadAddress) as refused:
        parse(url)

    assert str(refused.value).isprintable()
    assert "; " in str(refused.value)


@pytest.mark.parametrize(
    ("url", "parsed"),
    [
        ("HTTPS://News.Example", "https://news.example/"),
        ("http://news.example:80/", "http://news.example/"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("https://news.example:0443/a#top", "https://news.example/a"),
        ("https://news.example./", "https://news.example/"),
        ("https://news.example?q=1", "https://news.example/?q=1"),
        ("https://bücher.example/ü?q=ş", "https://xn--bcher-kva.example/%C3%BC?q=%C5%9F"),
        ("https://news.example/a%20b/%c3%bc", "https://news.example/a%20b/%c3%bc"),
        ("https://news.example/a/./b/../c/", "https://news.example/a/c/"),
        ("https://news.example/public/%2E%2e/private", "https://news.example/private"),
        ("https://news.example/../..", "https://news.example/"),
        ("https://news.example/a//b", "https://news.example/a//b"),
        ("https://news.example/a?b=../c", "https://news.example/a?b=../c"),
        ("http://127.0.0.1.:8000/", "http://127.0.0.1:8000/"),
        ("http://１２７。０.０.１/", "http://127.0.0.1/"),
        ("http://[0:0::0001]:8000/", "http://[::1]:8000/"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    ],
)
def test_an_address_is_written_in_one_way(url: str, parsed: str) -> None:
    assert parse(url).url == parsed


@given(st.text(alphabet=st.sampled_from("hftps:/@\\[]%.?#01x27 aé\t\x00。①-"), max_size=30))
def test_what_is_let_through_is_plain_and_stays_the_same(tail: str) -> None:
    for url in (tail, f"http://{tail}", f"https://news.example/{tail}"):
        try:
            address = parse(url)
        except BadAddress:
            continue
        assert parse(address.url) == address
        assert address.url.isascii()
        assert address.url.isprintable()
        assert not set(address.host) & set("@\\%/?# ")


def test_an_address_is_as_long_as_it_is_once_it_is_encoded() -> None:
    with pytest.raises(BadAddress, match="over 2000 characters once it is encoded; give a shorter one"):
        parse("https://news.example/" + "中" * 220)

    assert len(parse("https://news.example/" + "中" * 219).url) == 1_992


def test_a_password_is_not_repeated_in_the_message() -> None:
    with pytest.raises(BadAddress, match="holds a user name or password; remove") as refused:
        parse("https://desk:secret@news.example/")

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad", "\U000e0041"])
def test_a_character_that_nobody_sees_is_refused(character: str) -> None:
    with pytest.raises(BadAddress, match="holds an invisible character; copy it again"):
        parse(f"https://news.example/gpj{character}exe")


def test_the_joiners_that_persian_is_written_with_are_no_trick() -> None:
    assert parse("https://news.example/می\u200cگوید").path.endswith("%E2%80%8C%DA%AF%D9%88%DB%8C%D8%AF")


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is a private address; to fetch it all the same, add 127.0.0.1 to CLAIMLINE"),
        ("http://[fd00:ec2::254]/", "fd00:ec2::254 is a private address; "),
        ("http://localhost/", "localhost is a private address; "),
        ("http://LOCALHOST./", "localhost is a private address; "),
        ("http://db.localhost/", "db.localhost is a private address; "),
        ("http://metadata.google.internal/", "metadata.google.internal is a private address; "),
        ("http://nas.local/", "nas.local is a private address; "),
        ("http://nas.localdomain/", "nas.localdomain is a private address; "),
        ("http://router.home.arpa/", "router.home.arpa is a private address; "),
        ("http://wiki/", "wiki is a private address; "),
        ("https://news.example:8443/", "port 8443 is not asked; to allow it, add news.example:8443 to CLAIMLINE"),
    ],
)
def test_what_leads_into_ones_own_network_is_refused_unless_it_is_allowed(url: str, what: str) -> None:
    with pytest.raises(BadAddress) as refused:
        fetchable(url, ())

    assert refused.value.what.startswith(what)
    assert fetchable(url, [parse(url).authority]) == parse(url)


def test_a_host_that_is_allowed_on_one_port_is_not_on_another() -> None:
    with pytest.raises(BadAddress):
        fetchable("http://127.0.0.1:8001/", ["127.0.0.1:8000", "localhost"])

    assert fetchable("http://127.0.0.1:8001/", ["127.0.0.1"]).port == 8001


def test_a_name_that_only_ends_like_a_local_one_is_no_local_one() -> None:
    assert fetchable("https://notlocal.example/", ()).host == "notlocal.example"
    assert fetchable("https://localhost.example/", ()).host == "localhost.example"


def test_a_link_is_joined_to_its_page() -> None:
    base = parse("https://news.example/world/story?x=1")

    joined = [join(base, link).url for link in ("../a", "//cdn.example/b", "?page=2", " /c\n", "http://d.example")]

    assert joined == [
        "https://news.example/a",
        "https://cdn.example/b",
        "https://news.example/world/story?page=2",
        "https://news.example/c",
        "http://d.example/",
    ]


@pytest.mark.parametrize(
    "link", ["http://[::1", "mailto:desk@news.example", "java\tscript:x", "/a\tb", "/a\0b", "//u@h"]
)
def test_a_link_to_nowhere_is_refused(link: str) -> None:
    with pytest.raises(BadAddress):
        join(parse("https://news.example/"), link)


def test_tracking_fragment_and_default_port_are_no_part_of_a_pages_identity() -> None:
    shared = "HTTPS://News.Example:443/a?utm_source=x&b=2&fbclid=3&%75tm_medium=y&a=1&&gclid#comments"

    assert canonical(shared) == "https://news.example/a?b=2&a=1"
    assert canonical("https://news.example/a?utm_source=x") == "https://news.example/a"


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_that_is_not_the_internets_is_not_public(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", PUBLIC)
def test_an_address_of_the_internet_is_public(ip: str) -> None:
    assert is_public(ip_address(ip))


@given(st.ip_addresses())
def test_what_is_public_is_so_for_python_too(ip: IPv4Address | IPv6Address) -> None:
    carries_ipv4 = isinstance(ip, IPv6Address) and (ip in NAT64 or ip.ipv4_mapped is not None)

    assert is_public(ip) <= (ip.is_global or carries_ipv4)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "64:ff9b::{}", "2a00:1450::5efe:{}", "2a00::200:5efe:{}"]))
def test_an_address_that_carries_another_is_as_public_as_that(ip: IPv4Address, written: str) -> None:
    assert is_public(IPv6Address(written.format(ip))) is is_public(ip)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.bbc.co.uk/", "http://feeds.bbc.co.uk/", True),
        ("https://one.co.uk/", "https://two.co.uk/", False),
        ("https://one.blogspot.com/", "https://two.blogspot.com/", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
    ],
)
def test_a_site_is_what_one_outlet_owns(one: str, other: str, same: bool) -> None:
    assert (parse(one).site == parse(other).site) is same
