"""Addresses that try to lead a fetcher astray, by family, and good ones that look odd: the one list of both.

PORT stands for the port of a service on loopback that nobody may reach. NAMES is what the tests' own name servers
answer; any other name is unknown to them.
"""

LONG = "a" * 2_000

NUMBERS = (
    "http://127.0.0.1/", "http://127.0.0.1:PORT/", "http://127.1/", "http://127.1:PORT/", "http://127.0.1/",
    "http://0/", "http://0:PORT/", "http://0.0.0.0:PORT/", "http://0x0/", "http://00/", "http://00.0.0.0/",
    "http://2130706433/", "http://2130706433:PORT/", "http://017700000001/", "http://017700000001:PORT/",
    "http://0177.0.0.1/", "http://0177.0.0.01:PORT/", "http://0x7f000001/", "http://0x7f000001:PORT/",
    "http://0x7f.1/", "http://0x7f.0.0.1:PORT/", "http://0X7F.0X0.0X0.0X1/", "http://0x7f.0.1/", "http://127.0.0.0x1/",
    "http://127.0.0.1.:PORT/", "http://127.000.000.001/", "http://127.0.0.001:PORT/", "http://4294967296/",
    "http://6425673729/", "http://127.0.0.1.0/", "http://127.0.0.256/", "http://0x1.0x7f000001/", "http://0x/",
    "http://127.0.0.1e0/", "http://1.0x7f.0.0.1.2130706433/", "http://0o177.0.0.1/", "http://+127.0.0.1/",
    "http://-127.0.0.1/", "http://127..1/", "http://127.0.0./", "http://.127.0.0.1/", "http://0x7f.0x0.1:PORT/",
    "http://127.65535:PORT/", "http://127.16777215/", "http://00000177.0.0.1:PORT/", "http://0x00000000007f000001/",
)  # fmt: skip
PRIVATE_V4 = (
    "http://10.0.0.1/", "http://10.255.255.254/admin", "http://172.16.0.1/", "http://172.31.255.254/",
    "http://192.168.0.1/", "https://192.168.1.254/setup.cgi", "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials", "http://100.64.0.1/", "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/machine?comp=goalstate", "http://192.0.0.192/latest/", "http://192.0.0.8/",
    "http://192.0.2.7/", "http://192.88.99.1/", "http://198.18.0.1/", "http://198.19.255.254/", "http://198.51.100.7/",
    "http://203.0.113.7/", "http://224.0.0.251/", "http://239.255.255.250/", "http://240.0.0.1/",
    "http://255.255.255.255/", "http://127.255.255.254:PORT/", "http://127.0.0.53/", "http://0.1.2.3/",
    "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://0xA9.0xFE.0xA9.0xFE/",
    "http://169.254.43518/", "http://169.16689662/", "http://425.510.425.510/",
)  # fmt: skip
IPV6 = (
    "http://[::1]/", "http://[::1]:PORT/", "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[0000::0001]/",
    "http://[::]:PORT/", "http://[::]/", "http://[::01]:PORT/", "http://[fe80::1]/", "http://[fe80::1%25lo]:PORT/",
    "http://[fe80::1%lo]/", "http://[::1%25lo]:PORT/", "http://[::1%2525lo]/", "http://[fc00::1]/",
    "http://[fd00:ec2::254]/latest/meta-data/", "http://[fd20:ce::254]/computeMetadata/v1/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://[ff05::1:3]/", "http://[100::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/",
    "http://[5f00::1]/", "http://[2001:2::1]/", "http://[2001:10::1]/", "http://[4000::1]/", "http://::1/",
    "http://::1:PORT/", "http://[::1/", "http://::1]/", "http://[[::1]]:PORT/", "http://[::1].example/",
    "http://news.example[::1]/", "http://[]:PORT/", "http://[:]/", "http://[:::1]/", "http://[::1::]/", "http://[1]/",
    "http://[00000::1]/", "http://[::g]/", "http://[v1.::1]/", "http://[vFF.127.0.0.1]/", "http://[127.0.0.1]:PORT/",
    "http://[localhost]:PORT/", "http://[ ::1]/", "http://[::1 ]/", "http://[::1]PORT/", "http://[::1]:PORT:80/",
    "http://[::1]@news.example/", "http://[0:0:0:0:0:0:1]/",
)  # fmt: skip
CARRIED_V4 = (
    "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/", "http://[::FFFF:169.254.169.254]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::ffff:0:127.0.0.1]:PORT/", "http://[::127.0.0.1]:PORT/",
    "http://[::7f00:1]:PORT/", "http://[::10.0.0.1]/", "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::127.0.0.1]/",
    "http://[64:ff9b:1:ffff::10.0.0.1]/", "http://[2002:7f00:1::]:PORT/", "http://[2002:7f00:0001::1]/",
    "http://[2002:a9fe:a9fe::1]/", "http://[2002:a00:1::]/", "http://[2002:c0a8:101::c0a8:101]/",
    "http://[2001:0:7f00:1::80ff:fffe]/", "http://[2001::5601:5601]/", "http://[2001:0:808:808:0:0:80ff:fffe]/",
    "http://[fe80::5efe:127.0.0.1]/", "http://[fe80::200:5efe:10.0.0.1]/", "http://[2a00:1450::5efe:127.0.0.1]:PORT/",
    "http://[2a00:1450::200:5efe:192.168.0.1]/", "http://[2002:808:808::5efe:169.254.169.254]/",
    "http://[::ffff:0x7f.0.0.1]/", "http://[::ffff:127.1]/", "http://[::ffff:2130706433]/",
    "http://[::ffff:0177.0.0.1]/", "http://[::ffff:255.255.255.255]/", "http://[::ffff:100.100.100.200]/",
)  # fmt: skip
USER_INFO = (
    "http://news.example@127.0.0.1:PORT/", "http://news.example:80@127.0.0.1:PORT/", "http://@127.0.0.1:PORT/",
    "http://:@127.0.0.1:PORT/", "http://desk:secret@127.0.0.1/", "http://127.0.0.1:PORT@news.example/",
    "http://127.0.0.1@news.example@127.0.0.1:PORT/", "https://news.example%2f@127.0.0.1:PORT/",
    "http://news.example%23@127.0.0.1:PORT/", "http://a:b@c:d@127.0.0.1:PORT/", "http://127.0.0.1:PORT;@news.example/",
    "http://news.example&@127.0.0.1:PORT/", "http://news.example;@127.0.0.1/", "http://127.0.0.1:PORT＠news.example/",
    "http://news.example﹫127.0.0.1:PORT/", "http://%75ser@127.0.0.1/", "http://news.example:@127.0.0.1/",
    "http://127.0.0.1:PORT:@news.example/",
)  # fmt: skip
BACKSLASHES = (
    "http:\\\\127.0.0.1:PORT\\", "http:/\\127.0.0.1:PORT/", "http:\\/127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@news.example/", "http://news.example\\@127.0.0.1:PORT/",
    "http://127.0.0.1\\.news.example/", "http://news.example\\.127.0.0.1/", "http://127.0.0.1:PORT/\\news.example",
    "\\\\127.0.0.1\\share", "http://\\127.0.0.1:PORT/", "http://127.0.0.1:PORT\\\\", "https:\\127.0.0.1/",
    "http://127.0.0.1:PORT＼news.example/", "http://127.0.0.1\\:PORT/",
)  # fmt: skip
CONTROLS = (
    "http://127.0.0.1:PORT/\r\nHost: news.example", "http://127.0.0.1:PORT/ HTTP/1.1\r\nX: y",
    "http://127.0.0.1\x00.news.example/", "http://127.0.0.1\t:PORT/", "ht\ttp://127.0.0.1:PORT/",
    "ht\ntp://127.0.0.1:PORT/", "http:\t//127.0.0.1:PORT/", "http:/\t/127.0.0.1:PORT/", "http:\n//127.0.0.1:PORT/",
    "http://127.0\n.0.1:PORT/", "http://127.0.0.1\r:PORT/", "http://127.0.0.1:\tPORT/", "http://127.0.0.1:PORT\x0b/",
    "http://127.0.0.1:PORT/\x1f", "http://127.0.0.1:PORT/\x7f", "http://127.0.0.1:PORT/\x85",
    "http://127.0.0.1:PORT/\u2028", "http://127.0.0.1:PORT/\u2029x", "\x00http://127.0.0.1:PORT/",
    "\x01http://127.0.0.1:PORT/", "java\tscript:alert(1)", "http://127.0.0.1 :PORT/", "http:// 127.0.0.1:PORT/",
    "http ://127.0.0.1:PORT/", "http: //127.0.0.1:PORT/", "http://127.0.0.1:PORT /", "http://127.0.0.1 news.example/",
    "http://news.example 127.0.0.1/", "http://127.0.0.1\xa0/", "http://127.0.0.1\u3000/", "http://127.0.0.1\u200b/",
    "http://local\u00adhost:PORT/", "http://local\u200bhost:PORT/", "http://local\u2060host/",
    "http://\ufefflocalhost:PORT/", "http://\u202e1.0.0.721/", "http://127.0.0.1\udcff/", "\ud800http://127.0.0.1/",
    "http://127.0.0.1:PORT/\u2066x",
)  # fmt: skip
PERCENT_IN_HOST = (
    "http://127%2e0%2e0%2e1:PORT/", "http://%31%32%37.0.0.1:PORT/", "http://%6c%6f%63alhost:PORT/",
    "http://127.0.0.1%00/", "http://127.0.0.1%00.news.example/", "http://127.0.0.1%0d%0a/",
    "http://127.0.0.1%20:PORT/", "http://127.0.0.1%2f/", "http://127.0.0.1%23.news.example/",
    "http://127.0.0.1%3f.news.example/", "http://news.example%40127.0.0.1/", "http://127.0.0.1%3aPORT/",
    "http://%5b::1%5d:PORT/", "http://%/", "http://%zz127.0.0.1/", "http://127.0.0.1%:PORT/", "http://127.0.0.1%252f/",
    "http://localhost%2e/", "http://%E3%80%82127.0.0.1/", "http://127.0.0.1:%38%30/",
)  # fmt: skip
UNICODE = (
    "http://127。0。0。1:PORT/", "http://127．0．0．1/", "http://127｡0｡0｡1:PORT/", "http://１２７.０.０.１:PORT/",
    "http://①②⑦.⓪.⓪.①:PORT/", "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "http://𝟙𝟚𝟟.𝟘.𝟘.𝟙:PORT/", "http://¹²⁷.⁰.⁰.¹/",
    "http://₁₂₇.₀.₀.₁:PORT/", "http://١٢٧.٠.٠.١/", "http://१२७.०.०.१:PORT/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
    "http://ｌｏｃａｌｈｏｓｔ/", "http://𝐥𝐨𝐜𝐚𝐥𝐡𝐨𝐬𝐭:PORT/", "http://ℓocalhost/", "http://locaℓhost:PORT/",
    "http://LOCALHOŠT/", "http://lоcalhost:PORT/", "http://ⅼocalhost/", "http://loc\u0430lhost:PORT/",
    "http://localho\u017ft:PORT/", "http://xn--lcalhost-7fg:PORT/", "http://169｡254｡169｡254/", "http://０ｘ７ｆ.１/",
    "http://［::1］:PORT/", "http://127.0.0.1：PORT/", "http:／／127.0.0.1:PORT/", "http：//127.0.0.1:PORT/",
    "http://127.0.0.1:８０/", "http://127.0.0.1:٨٠/", "http://a\u2024b..example/",
    "http://news.example\u2100.127.0.0.1/", "http://metadata。google。internal/", "http://xn--/", "http://❤.local/",
    "http://\u0307ocalhost/", "http://news.example／@127.0.0.1/",
)  # fmt: skip
LOCAL_NAMES = (
    "http://localhost/", "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://LocalHost./",
    "http://localhost.:PORT/", "http://db.localhost/", "http://a.b.localhost:PORT/",
    "http://localhost.localdomain:PORT/", "http://localhost6.localdomain6/", "http://ip6-localhost/",
    "http://ip6-loopback:PORT/", "http://nas.local/", "http://printer.local./", "http://wiki/", "http://intranet/",
    "http://metadata/", "http://metadata.google.internal/computeMetadata/v1/", "http://instance-data/",
    "http://instance-data.ec2.internal/", "http://metadata.azure.internal/", "http://host.docker.internal:PORT/",
    "http://gateway.docker.internal/", "http://kubernetes/", "http://kubernetes.default.svc.cluster.local/",
    "http://consul.service.internal/", "http://router.lan/", "http://fritz.home/", "http://router.home.arpa/",
    "http://git.corp/", "http://wiki.intranet/", "http://db.private/", "http://broadcasthost/", "http://example/",
)  # fmt: skip
PORTS = (
    "http://news.example:22/", "http://news.example:25/", "http://news.example:PORT/", "https://news.example:6379/",
    "https://news.example:8443/", "http://news.example:443/", "https://news.example:80/", "http://news.example:0/",
    "http://news.example:00/", "http://news.example:65536/", "http://news.example:65616/",
    "http://news.example:4294967376/", "http://news.example:-80/", "http://news.example:+80/",
    "http://news.example:8e1/", "http://news.example:0x50/", "http://news.example:/", "http://news.example::80/",
    "http://news.example:80:PORT/", "http://news.example:80a/", "http://news.example:80.0/",
    "http://news.example:000080000/", "http://news.example: 80/",
)  # fmt: skip
SCHEMES = (
    "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "FILE:///etc/passwd", "ftp://127.0.0.1:PORT/",
    "ftps://127.0.0.1/", "sftp://127.0.0.1/", "tftp://127.0.0.1:PORT/x", "gopher://127.0.0.1:PORT/_GET",
    "dict://127.0.0.1:PORT/info", "ldap://127.0.0.1:PORT/", "ldaps://127.0.0.1/", "redis://127.0.0.1:PORT/",
    "smb://127.0.0.1/share", "nfs://127.0.0.1/", "ssh://127.0.0.1/", "telnet://127.0.0.1:PORT/", "imap://127.0.0.1/",
    "smtp://127.0.0.1:PORT/", "ws://127.0.0.1:PORT/", "wss://127.0.0.1/", "jar:http://127.0.0.1:PORT!/",
    "netdoc:///etc/passwd", "phar://x.phar", "php://filter/resource=x", "expect://id", "data:text/html,x",
    "javascript:alert(1)", "vbscript:x", "about:blank", "blob:http://127.0.0.1:PORT/x",
    "http+unix://%2fvar%2frun%2fdocker.sock/info", "unix:/var/run/docker.sock", "https+insecure://127.0.0.1/",
    "httpx://127.0.0.1:PORT/", "hhttp://127.0.0.1/", "xhttp://127.0.0.1:PORT/", "http.://127.0.0.1/", "s3://bucket/x",
    "git://127.0.0.1:PORT/", "git+http://127.0.0.1:PORT/", "mailto:desk@news.example", "tel:1", "chrome://settings",
)  # fmt: skip
NESTED = (
    "http://http://127.0.0.1:PORT/", "http:http://127.0.0.1:PORT/", "https://http://127.0.0.1:PORT/",
    "url:http://127.0.0.1:PORT/", "URL=http://127.0.0.1:PORT/", "view-source:http://127.0.0.1:PORT/",
    "feed:http://127.0.0.1:PORT/", "feed://127.0.0.1:PORT/", "http:////127.0.0.1:PORT/", "http://https:127.0.0.1/",
    "<http://127.0.0.1:PORT/>", "\"http://127.0.0.1:PORT/\"", "http://http:PORT/", "file:http://127.0.0.1:PORT/",
    "http:ftp://127.0.0.1:PORT/", "web+http://127.0.0.1/",
)  # fmt: skip
SHAPES = (
    "", "/", "?", "#", "//", ":", "://", "http", "http:", "http:/", "http://", "http:///", "http:127.0.0.1:PORT",
    "http:/127.0.0.1:PORT/", "http:///127.0.0.1:PORT/", "http:////127.0.0.1/", "//127.0.0.1:PORT/",
    "///127.0.0.1:PORT/", "/127.0.0.1:PORT/", "127.0.0.1:PORT", "127.0.0.1:PORT/x", "localhost:PORT", "[::1]:PORT",
    "://127.0.0.1:PORT/", "http://?127.0.0.1:PORT/", "http://#127.0.0.1:PORT/", "http://:PORT/", "http://./",
    "http://../", "http://.../", "http://./127.0.0.1:PORT/", "http://-/", "http://_:PORT/", "http://*/",
    "http://*.localhost/", "http://~/", "http://,/", "http://;127.0.0.1:PORT/", "http://$127.0.0.1:PORT/",
    "http://127.0.0.1,news.example/", "http://news.example,127.0.0.1:PORT/", "http://{127.0.0.1}:PORT/",
    "http://127.0.0.1|news.example/", "http://<127.0.0.1>/", "http://(127.0.0.1)/", "http://'127.0.0.1'/",
    "http://`id`.news.example/", "http://news.example../", "http://news..example/", "http://.news.example/",
    "http://-news.example/", "http://news-.example/", "http://news.example-/", "http://127.0.0.1..:PORT/",
)  # fmt: skip
FRAGMENTS = (
    "http://127.0.0.1:PORT#news.example", "http://127.0.0.1:PORT/#@news.example/",
    "http://127.0.0.1:PORT?@news.example/", "http://127.0.0.1:PORT#\\@news.example/",
    "http://127.0.0.1?.news.example/", "http://127.0.0.1#.news.example/", "http://127.0.0.1/.news.example/",
    "http://127.0.0.1;x=.news.example/", "http://127.0.0.1:PORT//news.example/",
    "http://127.0.0.1:PORT/https://news.example/", "http://127.0.0.1:PORT/?url=https://news.example/",
    "http://127.0.0.1&@news.example#@news.example/", "http://#@news.example@127.0.0.1:PORT/",
)  # fmt: skip
PROTOCOLS = (
    "http://127.0.0.1:PORT/%0d%0aSET%20x%20y%0d%0a", "http://127.0.0.1:PORT/%0aEHLO%20desk",
    "http://127.0.0.1:PORT/?%0d%0aX:y", "http://127.0.0.1:PORT/%E5%98%8A%E5%98%8DX:y", "https://127.0.0.1:PORT/",
    "http://127.0.0.1:PORT/\u560a\u560dX:y", "http://127.0.0.1:PORT/../../flushall",
    "http://127.0.0.1:PORT/%2e%2e/%2e%2e/", "HTTP://127.0.0.1:PORT/", "hTTpS://[::1]:PORT/",
)  # fmt: skip
OVERLONG = (
    f"http://127.0.0.1:PORT/{LONG}", f"http://{LONG}.example/", f"http://{LONG}@127.0.0.1:PORT/",
    f"http://127.0.0.1:{'0' * 2_000}80/", f"http://news.example/?{LONG}", f"http://{'a' * 64}.example/",
    f"http://{'a.' * 127}example/", f"{LONG}://127.0.0.1:PORT/", f"http://{'0' * 200}127.0.0.1/",
    f"http://[{'0:' * 200}1]/", f"http://news.example/#{LONG}", f"http://{'1' * 400}/",
    f"http://{'.' * 300}127.0.0.1/", f"http://{'ü' * 80}.example/", f"http://news.example:{'9' * 90}/",
)  # fmt: skip
# These pass at the form, where nobody looks a name up, and lead to private addresses when somebody does.
NAMES = {
    "loopback.trick.example": ("127.0.0.1",), "127.0.0.1.trick.example": ("127.0.0.1",),
    "7f000001.trick.example": ("127.0.0.1",), "10-0-0-1.trick.example": ("10.0.0.1",),
    "192.168.1.1.trick.example": ("192.168.1.1",), "lan.trick.example": ("172.16.3.4",),
    "metadata.trick.example": ("169.254.169.254",), "alibaba.trick.example": ("100.100.100.200",),
    "any.trick.example": ("0.0.0.0",), "six.trick.example": ("::1",), "mapped.trick.example": ("::ffff:127.0.0.1",),
    "unique.trick.example": ("fd00:ec2::254",), "link.trick.example": ("fe80::1%2",),
    "nat64.trick.example": ("64:ff9b::7f00:1",), "six-to-four.trick.example": ("2002:7f00:1::1",),
    "teredo.trick.example": ("2001:0:7f00:1::80ff:fffe",), "isatap.trick.example": ("2a00:1450::5efe:7f00:1",),
    "site.trick.example": ("fec0::1",), "many.trick.example": ("127.0.0.1", "10.0.0.1", "::1"),
    "shared.trick.example": ("100.64.0.1",), "mixed.trick.example": ("8.8.8.8", "127.0.0.1"),
    "mixed-six.trick.example": ("2606:4700::1111", "::1"), "multicast.trick.example": ("224.0.0.1",),
    "broadcast.trick.example": ("255.255.255.255",), "xn--trck-mza.example": ("127.0.0.1",),
}  # fmt: skip
NAMES_OF_PRIVATE_ADDRESSES = (
    *(f"http://{name}/" for name in NAMES), "https://loopback.trick.example/", "https://LOOPBACK.trick.example./",
    "http://trıck.example/", "https://six.trick.example:443/latest/meta-data/",
)  # fmt: skip

FAMILIES = {
    "number notations": NUMBERS,
    "private addresses": PRIVATE_V4,
    "forms of IPv6": IPV6,
    "IPv4 in IPv6": CARRIED_V4,
    "user info": USER_INFO,
    "backslashes": BACKSLASHES,
    "control and invisible characters": CONTROLS,
    "percent in the host": PERCENT_IN_HOST,
    "unicode digits, dots and look-alikes": UNICODE,
    "names of one's own network": LOCAL_NAMES,
    "ports": PORTS,
    "schemes": SCHEMES,
    "schemes in schemes": NESTED,
    "odd shapes": SHAPES,
    "fragments and paths": FRAGMENTS,
    "confused protocols": PROTOCOLS,
    "over-long": OVERLONG,
    "names of private addresses": NAMES_OF_PRIVATE_ADDRESSES,
}

GOOD = (
    "https://news.example/", "http://news.example/", "https://news.example",
    "https://news.example/2026/11/ankara-s-400", "HTTPS://News.Example/Story", "https://www.news.example/a?b=1&c=2",
    "http://news.example:80/", "https://news.example:443/a", "https://news.example./story",
    "https://news.example/#comments", "https://news.example/?q=127.0.0.1", "https://news.example/http://127.0.0.1/",
    "https://web.example/web/2026/https://news.example/story", "https://bücher.example/",
    "https://xn--bcher-kva.example/", "https://ışık.example/haber", "https://пример.example/новости",
    "https://例え.example/記事", "https://مثال.example/خبر", "https://news.example/haber/türkiye-abd-s-400",
    "https://news.example/می\u200cگوید", "https://news.example/%D8%AE%D8%A8%D8%B1", "https://news.example/a%20b?c=%26",
    "https://news.example/a,b;c=d/(e)!'*$&+@:~", "https://news.example/@desk/123",
    "https://news.example/story.html?print", "https://news.example/?" + "&".join(f"p{n}={n}" for n in range(200)),
    "https://news.example/a?u=user@mail.example", "https://news.example//double//slash",
    "https://news.example/a/../b/./c", "https://a.b.c.d.e.f.news.example/", "https://news-desk.example/",
    "https://4news.example/", "https://123.example/", "https://n_e_w_s.example/", "https://localhost.example/",
    "https://internal.news.example/", "https://mylocal.example/", "https://local.news.example/", "https://8.8.8.8/",
    "http://93.184.216.34:80/", "https://[2606:4700::1111]/", "https://[2A00:1450:4001:0:0:0:0:1]:443/",
    "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::808:808]/", "https://faß.example/", "https://news。example/",
    "https://news.example/" + "x" * 1_900,
)  # fmt: skip
