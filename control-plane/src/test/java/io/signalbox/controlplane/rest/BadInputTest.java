package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.rest.TestApi.Answer;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get to read for what is wrong in a document: every violation, with its field path, and never a 5xx. */
class BadInputTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
        api.put("/api/v1/pools/there", "{\"spec\":{}}");
        api.put("/api/v1/listeners/taken", "{\"spec\":{\"address\":\"0.0.0.0\",\"port\":8443,\"http\":{}}}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Written with single quotes for double ones. */
    private static Arguments row(String kinds, String body, String... violations) {
        return Arguments.of(kinds, body.replace('\'', '"'), List.of(violations));
    }

    private static Arguments pool(String spec, String... violations) {
        return row("pools", "{'spec':" + spec + "}", violations);
    }

    private static Arguments listener(String spec, String... violations) {
        return row("listeners", "{'spec':" + spec + "}", violations);
    }

    private static Arguments route(String spec, String... violations) {
        return row("routes", "{'spec':" + spec + "}", violations);
    }

    private static Arguments match(String match, String... violations) {
        return route("{'match':" + match + ",'action':{'respond':{'status':200}}}", violations);
    }

    private static Arguments action(String action, String... violations) {
        return route("{'action':" + action + "}", violations);
    }

    private static Stream<Arguments> documents() {
        return Stream.of(
                row("pools", "", ": nothing (expected: a JSON document)"),
                row("pools", "[]", ": an empty list (expected: an object with labels, spec)"),
                row("pools", "null", ": null (expected: an object with labels, spec)"),
                row(
                        "pools",
                        "{}",
                        "spec: nothing (expected: an object with loadBalancing, connectTimeout, protocol, tls, limits, healthCheck, outlierDetection, panicThreshold, subsets, endpoints, localityWeights)"),
                row(
                        "pools",
                        "{'spec':{}",
                        ": Unexpected end-of-input: expected close marker for Object at line 1, column 11 (expected: a JSON document)"),
                row(
                        "pools",
                        "{'spec':{},'spec':{'endpoints':7}}",
                        "spec: the same key again (expected: each key once)"),
                row(
                        "pools",
                        "{'spek':{},'spec':{'endpoint':[]},'status':{'x':1},'labels':'x'}",
                        "labels: \"x\" (expected: an object with at most 32 keys)",
                        "spec.endpoint: an unknown field (expected: one of loadBalancing, connectTimeout, protocol, tls, limits, healthCheck, outlierDetection, panicThreshold, subsets, endpoints, localityWeights)",
                        "spek: an unknown field (expected: one of labels, spec)"),
                row("pools", "{'name':'other','spec':{}}", "name: \"other\" (expected: \"bad\", the name in the path)"),
                row("pools", "{'name':7,'spec':{}}", "name: 7 (expected: \"bad\", the name in the path)"),
                row(
                        "pools",
                        "{'labels':{'a b':'c','ok':5,'long':'" + "x".repeat(64) + "'},'spec':{}}",
                        "labels[\"a b\"]: that key (expected: keys of 1 to 63 letters, digits, ., _, / and -, which begin and end with a letter or digit)",
                        "labels.ok: 5 (expected: up to 63 letters, digits, ., _ and -, which begin and end with a letter or digit)",
                        "labels.long: \"" + "x".repeat(64)
                                + "\" (expected: up to 63 letters, digits, ., _ and -, which begin and end with a letter or digit)"),
                row(
                        "pools",
                        "{'labels':{'null':'a\\u0000b'},'spec':{}}",
                        "labels.null: the character U+0000 (expected: text without it)"),
                row(
                        "pools",
                        "{'labels':{"
                                + IntStream.range(0, 33)
                                        .mapToObj(i -> "'k" + i + "':''")
                                        .collect(Collectors.joining(","))
                                + "},'spec':{}}",
                        "labels: 33 keys (expected: an object with at most 32 keys)"),
                row(
                        "pools",
                        "{'spec':" + "{'a':".repeat(40) + "1" + "}".repeat(40) + "}",
                        "spec" + ".a".repeat(31)
                                + ": more levels at line 1, column 164 (expected: at most 32 levels)"));
    }

    private static Stream<Arguments> poolsAndListeners() {
        return Stream.of(
                pool(
                        "{'endpoints':[{'address':'10.0.0.1','port':70000},{'address':'10.0.0.2','port':-1},{'address':'10.0.0.3','port':80.5,'weight':129},{'port':'80','address':'10.0.0.4','prot':1}]}",
                        "spec.endpoints[0].port: 70000 (expected: an integer from 1 to 65535)",
                        "spec.endpoints[1].port: -1 (expected: an integer from 1 to 65535)",
                        "spec.endpoints[2].port: 80.5 (expected: an integer from 1 to 65535)",
                        "spec.endpoints[2].weight: 129 (expected: an integer from 1 to 128)",
                        "spec.endpoints[3].port: \"80\" (expected: an integer from 1 to 65535)",
                        "spec.endpoints[3].prot: an unknown field (expected: one of address, port, weight, priority, drain, locality, labels)"),
                pool(
                        "{'endpoints':[{'address':'10.0.0.1','port':1e400},{'address':'10.0.0.1','port':1"
                                + "0".repeat(200) + "}]}",
                        "spec.endpoints[0].port: 1e400 (expected: a number of a size that can be kept)"),
                pool(
                        "{'endpoints':[{'address':'10.0.0.1','port':1" + "0".repeat(200) + "}]}",
                        "spec.endpoints[0].port: 1" + "0".repeat(99) + "… (expected: an integer from 1 to 65535)"),
                pool(
                        "{'endpoints':[{'address':'db_.-example.com','port':80},{'address':'10.0.0.300','port':80},{'address':'010.0.0.1','port':80},{'address':'::1::','port':80},{'address':'1.2.3','port':80},{'address':'','port':80}]}",
                        "spec.endpoints[0].address: \"db_.-example.com\" (expected: an IPv4 or IPv6 address, or a host name)",
                        "spec.endpoints[5].address: \"\" (expected: an IPv4 or IPv6 address, or a host name)"),
                pool(
                        "{'endpoints':[{'address':'10.0.0.300','port':80},{'address':'010.0.0.1','port':80},{'address':'::1::','port':80},{'address':'1.2.3','port':80}]}",
                        "spec.endpoints[0].address: \"10.0.0.300\" (expected: an IPv4 or IPv6 address, or a host name)",
                        "spec.endpoints[1].address: \"010.0.0.1\" (expected: an IPv4 or IPv6 address, or a host name)",
                        "spec.endpoints[2].address: \"::1::\" (expected: an IPv4 or IPv6 address, or a host name)",
                        "spec.endpoints[3].address: \"1.2.3\" (expected: an IPv4 or IPv6 address, or a host name)"),
                pool(
                        "{'endpoints':[{'address':'１０.0.0.1','port':80}]}",
                        "spec.endpoints[0].address: \"\\uFF11\\uFF10.0.0.1\" (expected: an IPv4 or IPv6 address, or a host name)"),
                pool(
                        "{'endpoints':[{'address':'::1','port':80},{'address':'0:0::1','port':80,'weight':2}]}",
                        "spec.endpoints[1]: the same address and port as endpoints[0] (expected: each endpoint once)"),
                pool(
                        "{'loadBalancing':{'roundRobin':{},'leastRequest':{}}}",
                        "spec.loadBalancing: the keys roundRobin, leastRequest (expected: an object with exactly one of roundRobin, leastRequest, random, ringHash, maglev)"),
                pool(
                        "{'loadBalancing':{}}",
                        "spec.loadBalancing: an empty object (expected: an object with exactly one of roundRobin, leastRequest, random, ringHash, maglev)"),
                pool(
                        "{'loadBalancing':{'chance':{}}}",
                        "spec.loadBalancing.chance: an unknown field (expected: one of roundRobin, leastRequest, random, ringHash, maglev)"),
                pool(
                        "{'loadBalancing':'roundRobin'}",
                        "spec.loadBalancing: \"roundRobin\" (expected: an object with exactly one of roundRobin, leastRequest, random, ringHash, maglev)"),
                pool(
                        "{'endpoints':["
                                + IntStream.range(0, 1001)
                                        .mapToObj(i -> "{'address':'10.0." + i / 250 + "." + i % 250 + "','port':1}")
                                        .collect(Collectors.joining(","))
                                + "]}",
                        "spec.endpoints: a list of 1001 (expected: a list of at most 1000 items)"),
                listener(
                        "{'address':'0.0.0.0','port':443}",
                        "spec: none of them (expected: exactly one of http, https, tcp)"),
                listener(
                        "{'address':'0.0.0.0','port':443,'http':{},'https':{'certificates':[]}}",
                        "spec.https.certificates: an empty list (expected: a list of 1 to 100 items)",
                        "spec: http, https (expected: exactly one of http, https, tcp)"),
                listener(
                        "{'address':'localhost','port':0,'http':{'x':1}}",
                        "spec.address: \"localhost\" (expected: an IPv4 or IPv6 address)",
                        "spec.port: 0 (expected: an integer from 1 to 65535)",
                        "spec.http.x: an unknown field (expected: no key at all)"),
                listener(
                        "{'address':'127.0.0.1','port':8443,'https':{'certificates':['nobody','nobody-else']}}",
                        "spec.https.certificates[0]: no certificate named nobody (expected: the name of an existing certificate)",
                        "spec.https.certificates[1]: no certificate named nobody-else (expected: the name of an existing certificate)",
                        "spec.port: 8443, on which the listener taken listens at 0.0.0.0 (expected: an address and port of its own)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody'],'minimumVersion':'1.1','maximumVersion':1.2,'ciphers':['AES128-SHA','DES-CBC3-SHA']}}",
                        "spec.https.minimumVersion: \"1.1\" (expected: one of 1.2, 1.3)",
                        "spec.https.maximumVersion: 1.2 (expected: one of 1.2, 1.3)",
                        "spec.https.ciphers[1]: \"DES-CBC3-SHA\" (expected: one of ECDHE-ECDSA-AES128-GCM-SHA256, ECDHE-RSA-AES128-GCM-SHA256, ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-RSA-AES256-GCM-SHA384, ECDHE-ECDSA-CHACHA20-POLY1305, ECDHE-RSA-CHACHA20-POLY1305, ECDHE-ECDSA-AES128-SHA, ECDHE-RSA-AES128-SHA, ECDHE-ECDSA-AES256-SHA, ECDHE-RSA-AES256-SHA, AES128-GCM-SHA256, AES256-GCM-SHA384, AES128-SHA, AES256-SHA)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody'],'minimumVersion':'1.3','maximumVersion':'1.2','ciphers':['AES128-SHA']}}",
                        "spec.https.certificates[0]: no certificate named nobody (expected: the name of an existing certificate)",
                        "spec.https.maximumVersion: \"1.2\" (expected: at least the minimum, 1.3)",
                        "spec.https.ciphers: ciphers of TLS 1.2 (expected: none, as TLS 1.3 has its own)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody'],'alpn':['h3'],'clientCertificates':{'names':[{'dns':'*.a.test'},{'uri':'a b'},{'uri':'a','uriPrefix':'a'}],'header':{'details':['hash']}}}}",
                        "spec.https.alpn[0]: \"h3\" (expected: one of h2, http/1.1)",
                        "spec.https.clientCertificates.trustedCertificates: nothing (expected: a string of 1 to 262144 characters)",
                        "spec.https.clientCertificates.names[0].dns: \"*.a.test\" (expected: a host without a port, as shop.example.com)",
                        "spec.https.clientCertificates.names[1].uri: \"a b\" (expected: a URI in printable ASCII, without blanks)",
                        "spec.https.clientCertificates.names[2]: uri, uriPrefix (expected: exactly one of dns, uri, uriPrefix)",
                        "spec.https.clientCertificates.header.details[0]: \"hash\" (expected: one of subject, dns, uri, certificate, chain)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody'],'alpn':['http/1.1','h2'],'clientCertificates':{'trustedCertificates':'x'}},'http2':{'enabled':false}}",
                        "spec.https.certificates[0]: no certificate named nobody (expected: the name of an existing certificate)",
                        "spec.https.alpn[1]: h2, which is not enabled (expected: http/1.1 alone, or http2 enabled)",
                        "spec.https.clientCertificates.trustedCertificates: no CERTIFICATE block (expected: certificates in PEM)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'http':{},'trust':{}}",
                        "spec.trust: nothing that is trusted (expected: at least one of hops, headers)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'http':{},'trust':{'hops':11,'headers':['x y'],'networks':['10.0.0.0']}}",
                        "spec.trust.hops: 11 (expected: an integer from 0 to 10)",
                        "spec.trust.networks[0]: \"10.0.0.0\" (expected: an IPv4 or IPv6 network, as 10.0.0.0/8)",
                        "spec.trust.headers[0]: \"x y\" (expected: a header name (letters, digits and !#$%&'*+-.^_`|~))"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'http':{},'trust':{'headers':['X-Country-Code','x-country-code','Host','x-envoy-internal','X-Forwarded-Proto']}}",
                        "spec.trust.networks: nothing (expected: the networks from which the headers count)",
                        "spec.trust.headers[1]: \"x-country-code\" for the second time (expected: each item once)",
                        "spec.trust.headers[2]: \"host\" (expected: a header that the proxy neither writes nor removes itself)",
                        "spec.trust.headers[3]: \"x-envoy-internal\" (expected: a header that the proxy neither writes nor removes itself)",
                        "spec.trust.headers[4]: \"x-forwarded-proto\" (expected: a header that the proxy neither writes nor removes itself)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'http':{},'trust':{'hops':1,'networks':['10.0.0.1/8','10.0.0.0/33','::/129','1.2.3/8','fd00::/8','FD00:0::/8']}}",
                        "spec.trust.networks[0]: \"10.0.0.1/8\" (expected: an IPv4 or IPv6 network, as 10.0.0.0/8)",
                        "spec.trust.networks[1]: \"10.0.0.0/33\" (expected: an IPv4 or IPv6 network, as 10.0.0.0/8)",
                        "spec.trust.networks[2]: \"::/129\" (expected: an IPv4 or IPv6 network, as 10.0.0.0/8)",
                        "spec.trust.networks[3]: \"1.2.3/8\" (expected: an IPv4 or IPv6 network, as 10.0.0.0/8)",
                        "spec.trust.networks[5]: \"FD00:0::/8\" for the second time (expected: each item once)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody']},'redirectToHttps':{'status':304}}",
                        "spec.redirectToHttps.status: 304 (expected: one of 301, 302, 303, 307, 308)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody'],'http3':{'advertisedPort':0}}}",
                        "spec.https.http3.advertisedPort: 0 (expected: an integer from 1 to 65535)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody'],'http3':{},'maximumVersion':'1.2'},'proxyProtocol':{}}",
                        "spec.https.certificates[0]: no certificate named nobody (expected: the name of an existing certificate)",
                        "spec.https.maximumVersion: \"1.2\" beside http3 (expected: 1.3, the one version that QUIC has)",
                        "spec.proxyProtocol: it stands beside http3 (expected: none, as QUIC does not have it)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'http':{},'proxyProtocol':{'optional':'no','version':2},'connectionLimit':0}",
                        "spec.connectionLimit: 0 (expected: an integer from 1 to 1000000)",
                        "spec.proxyProtocol.optional: \"no\" (expected: true or false)",
                        "spec.proxyProtocol.version: an unknown field (expected: optional)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'http':{},'http2':{'enabled':'no','maxConcurrentStreams':0}}",
                        "spec.http2.enabled: \"no\" (expected: true or false)",
                        "spec.http2.maxConcurrentStreams: 0 (expected: an integer from 1 to 10000)"),
                listener(
                        "{'address':'127.0.0.1','port':8444,'https':{'certificates':['nobody']},'redirectToHttps':{}}",
                        "spec.https.certificates[0]: no certificate named nobody (expected: the name of an existing certificate)",
                        "spec.redirectToHttps: it stands beside https (expected: http beside it)"));
    }

    private static Stream<Arguments> routes() {
        String host = " (expected: a host without a port, as shop.example.com, *.example.com, shop.* or *)";
        String path = " (expected: a path that starts with /, in printable ASCII, without query and fragment)";
        String header = " (expected: a header name (letters, digits and !#$%&'*+-.^_`|~))";
        String oneValue = " (expected: exactly one of exact, prefix, suffix, contains, regex, range, present)";
        return Stream.of(
                route(
                        "{}",
                        "spec.action: nothing (expected: an object with exactly one of forward, redirect, respond)"),
                route(
                        "{'hosts':['shop.example.com:443','*','*.*','a..b','-a.b','https://x','','ex ample','b\\u0430r.com','*foo.com'],'action':{'respond':{'status':200}}}",
                        "spec.hosts[0]: \"shop.example.com:443\"" + host,
                        "spec.hosts[2]: \"*.*\"" + host,
                        "spec.hosts[3]: \"a..b\"" + host,
                        "spec.hosts[4]: \"-a.b\"" + host,
                        "spec.hosts[5]: \"https://x\"" + host,
                        "spec.hosts[6]: \"\"" + host,
                        "spec.hosts[7]: \"ex ample\"" + host,
                        "spec.hosts[8]: \"b\\u0430r.com\"" + host,
                        "spec.hosts[9]: \"*foo.com\"" + host),
                route(
                        "{'hosts':[],'priority':2147483648,'action':{'respond':{'status':200}}}",
                        "spec.hosts: an empty list (expected: a list of 1 to 100 items)",
                        "spec.priority: 2147483648 (expected: an integer from -1000000 to 1000000)"),
                route(
                        "{'hosts':['a.com','a.com'],'action':{'respond':{'status':200}}}",
                        "spec.hosts: an item twice (expected: each item once)"),
                route(
                        "{'hosts':['a.com','A.com'],'listeners':['nowhere'],'action':{'respond':{'status':200}}}",
                        "spec.listeners[0]: no listener named nowhere (expected: the name of an existing listener)",
                        "spec.hosts[1]: \"a.com\" again (expected: each host once)"),
                match("{'path':{'exact':'no-slash'}}", "spec.match.path.exact: \"no-slash\"" + path),
                match("{'path':{'prefix':'/a?b=c'}}", "spec.match.path.prefix: \"/a?b=c\"" + path),
                match("{'path':{'prefix':'/a#b'}}", "spec.match.path.prefix: \"/a#b\"" + path),
                match("{'path':{'exact':'/a b'}}", "spec.match.path.exact: \"/a b\"" + path),
                match("{'path':{'exact':'/a\\n'}}", "spec.match.path.exact: \"/a\\n\"" + path),
                match("{'path':{'exact':'/\\u202e'}}", "spec.match.path.exact: \"/\\u202E\"" + path),
                match(
                        "{'path':{'exact':'/','prefix':'/'}}",
                        "spec.match.path: exact, prefix (expected: exactly one of exact, prefix, rawPrefix, regex, template)"),
                match(
                        "{'path':{'regex':'/a(?=b)'}}",
                        "spec.match.path.regex: \"/a(?=b)\": invalid or unsupported Perl syntax: \"(?=\" (expected: an RE2 expression)"),
                match(
                        "{'path':{'regex':'/(a'},'headers':[{'name':'x','regex':'a**'}],'cookies':[{'name':'c','regex':'\\\\1'}],'query':[{'name':'q','regex':'[a'}]}",
                        "spec.match.path.regex: \"/(a\": missing closing ): \"/(a\" (expected: an RE2 expression)",
                        "spec.match.headers[0].regex: \"a**\": invalid nested repetition operator: \"**\" (expected: an RE2 expression)",
                        "spec.match.cookies[0].regex: \"\\\\1\": invalid escape sequence: \"\\\\1\" (expected: an RE2 expression)",
                        "spec.match.query[0].regex: \"[a\": missing closing ]: \"[a\" (expected: an RE2 expression)"),
                match(
                        "{'path':{'regex':'((a{1000}){1000}){1000}'}}",
                        "spec.match.path.regex: \"((a{1000}){1000}){1000}\" (expected: at most 1000 repetitions, nested ones multiplied)"),
                match(
                        "{'path':{'regex':'a{1001}'}}",
                        "spec.match.path.regex: \"a{1001}\" (expected: at most 1000 repetitions, nested ones multiplied)"),
                match(
                        "{'path':{'regex':'/\u00fc.*'}}",
                        "spec.match.path.regex: \"/ü.*\" (expected: an RE2 expression in printable ASCII)"),
                match(
                        "{'path':{'regex':'" + "(ab|cd)".repeat(147) + "'}}",
                        "spec.match.path.regex: \"" + "(ab|cd)".repeat(147).substring(0, 100)
                                + "…\" (expected: a string of 1 to 1024 characters)"),
                match(
                        "{'methods':['get','P OST']}",
                        "spec.match.methods[0]: \"get\" (expected: an HTTP method in upper case)",
                        "spec.match.methods[1]: \"P OST\" (expected: an HTTP method in upper case)"),
                match("{'methods':['GET','GET']}", "spec.match.methods: an item twice (expected: each item once)"),
                match(
                        "{'headers':[{'name':':path','exact':'/'},{'name':'x y','exact':'/'},{'name':'','exact':'a'},{'name':'x\\r\\ny','exact':'a'}]}",
                        "spec.match.headers[0].name: \":path\"" + header,
                        "spec.match.headers[1].name: \"x y\"" + header,
                        "spec.match.headers[2].name: \"\"" + header,
                        "spec.match.headers[3].name: \"x\\r\\ny\"" + header),
                match(
                        "{'headers':[{'name':'Host','exact':'a.com'}]}",
                        "spec.match.headers[0].name: \"host\" (expected: another header; which hosts a route is for is said by spec.hosts)"),
                match(
                        "{'headers':[{'name':'x'},{'name':'x','exact':'a','prefix':'b'},5,{'exact':'a'}]}",
                        "spec.match.headers[0]: none of them" + oneValue,
                        "spec.match.headers[1]: exact, prefix" + oneValue,
                        "spec.match.headers[2]: 5 (expected: an object with name, exact, prefix, suffix, contains, regex, range, present, ignoreCase, invert, missingAsEmpty)",
                        "spec.match.headers[3].name: nothing" + header),
                match(
                        "{'headers':[{'name':'x','exact':'a\\r\\nb'},{'name':'x','prefix':''},{'name':'x','present':'yes'},{'name':'x','contains':'a','invert':1}]}",
                        "spec.match.headers[0].exact: \"a\\r\\nb\" (expected: text of at most 1024 characters, without control characters)",
                        "spec.match.headers[1].prefix: \"\" (expected: text of 1 to 1024 characters, without control characters)",
                        "spec.match.headers[2].present: \"yes\" (expected: true or false)",
                        "spec.match.headers[3].invert: 1 (expected: true or false)"),
                match(
                        "{'cookies':[{'name':'a=b','exact':'x'},{'name':'c','exact':'x','invert':true}]}",
                        "spec.match.cookies[0].name: \"a=b\" (expected: a cookie name (letters, digits and !#$%&'*+-.^_`|~))",
                        "spec.match.cookies[1].invert: an unknown field (expected: one of name, exact, prefix, suffix, contains, regex, present, ignoreCase)"),
                match(
                        "{'cookies':[{'name':'c','exact':'x;y'}]}",
                        "spec.match.cookies[0].exact: \"x;y\" (expected: a value without a semicolon, which no cookie can have)"),
                match(
                        "{'query':[{'name':'a&b','present':true}]}",
                        "spec.match.query[0].name: \"a&b\" (expected: a parameter name in printable ASCII, without &, =, # and blanks)"));
    }

    private static Stream<Arguments> actions() {
        return Stream.of(
                action(
                        "{'forward':{'pools':[]}}",
                        "spec.action.forward.pools: an empty list (expected: a list of 1 to 100 items)"),
                action(
                        "{'forward':{'pools':[{'pool':'nobody','weight':0},{'pool':'there','weight':0},{'pool':'there','weight':0}]}}",
                        "spec.action.forward.pools[0].pool: no pool named nobody (expected: the name of an existing pool)",
                        "spec.action.forward.pools[2].pool: \"there\", as in pools[1] (expected: each pool once)",
                        "spec.action.forward.pools: weights whose sum is 0 (expected: weights whose sum is above 0)"),
                action(
                        "{'forward':{'pools':[{'pool':'there','weight':-1}]}}",
                        "spec.action.forward.pools[0].weight: -1 (expected: an integer from 0 to 1000000)"),
                action(
                        "{'forward':{'pools':[{'pool':'UPPER'}]}}",
                        "spec.action.forward.pools[0].pool: \"UPPER\" (expected: 1 to 63 of a-z, 0-9 and -, neither first nor last a -)"),
                action(
                        "{'redirect':{}}",
                        "spec.action.redirect: a redirect to the same URL (expected: at least one of scheme, host, port, path, prefix, regex)"),
                action(
                        "{'redirect':{'path':'/a','prefix':'/b'}}",
                        "spec.action.redirect: all of path, prefix (expected: at most one of path, prefix, regex)"),
                action(
                        "{'redirect':{'scheme':'ftp','host':'a b','port':0,'path':'x','status':300,'stripQuery':'no'}}",
                        "spec.action.redirect.scheme: \"ftp\" (expected: one of http, https)",
                        "spec.action.redirect.host: \"a b\" (expected: a host without a port, as shop.example.com)",
                        "spec.action.redirect.port: 0 (expected: an integer from 1 to 65535)",
                        "spec.action.redirect.path: \"x\" (expected: a path that starts with /, in printable ASCII, without a fragment)",
                        "spec.action.redirect.status: 300 (expected: one of 301, 302, 303, 307, 308)",
                        "spec.action.redirect.stripQuery: \"no\" (expected: true or false)"),
                route(
                        "{'match':{'path':{'exact':'/a'}},'action':{'redirect':{'prefix':'/b'}}}",
                        "spec.action.redirect.prefix: \"/b\" (expected: no prefix, as the route does not match a path prefix)"),
                action(
                        "{'respond':{'status':600,'body':5}}",
                        "spec.action.respond.status: 600 (expected: an integer from 200 to 599)",
                        "spec.action.respond.body: 5 (expected: a string of at most 4096 characters)"),
                action(
                        "{'respond':{'status':200,'body':'" + "\u20ac".repeat(1366) + "'}}",
                        "spec.action.respond.body: 4098 bytes (expected: at most 4096 bytes of UTF-8)"),
                action(
                        "{'respond':{'status':204,'body':'x'}}",
                        "spec.action.respond.body: a body with status 204 (expected: no body, which such an answer cannot have)"),
                action(
                        "{'respond':{'status':200},'forward':{'pools':[{'pool':'there'}]}}",
                        "spec.action: the keys respond, forward (expected: an object with exactly one of forward, redirect, respond)"));
    }

    private static Stream<Arguments> certificates() {
        String chain = " (expected: certificates in PEM, the leaf first)";
        String key =
                "spec.privateKey: (hidden) (expected: one private key in PEM, not encrypted: PKCS#8, PKCS#1 or SEC1)";
        return Stream.of(
                row(
                        "certificates",
                        "{'spec':{'privateKey':{'x':'secret'}}}",
                        "spec.chain: nothing (expected: a string of 1 to 65536 characters)",
                        "spec.privateKey: (hidden) (expected: a string of 1 to 16384 characters)"),
                row(
                        "certificates",
                        "{'spec':{'chain':'hello','privateKey':'secret'}}",
                        "spec.chain: no CERTIFICATE block" + chain,
                        key),
                row(
                        "certificates",
                        "{'spec':{'chain':'-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----','privateKey':'-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----'}}",
                        "spec.chain: a CERTIFICATE block that is no certificate" + chain,
                        key),
                row(
                        "certificates",
                        "{'spec':{'chain':'-----BEGIN CERTIFICATE-----\\n!!!!\\n-----END CERTIFICATE-----','privateKey':'-----BEGIN RSA PRIVATE KEY-----\\nMAA=\\n-----END RSA PRIVATE KEY-----'}}",
                        "spec.chain: text that is not PEM" + chain,
                        key),
                row(
                        "certificates",
                        "{'spec':{'chain':'-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----','privateKey':'-----BEGIN PRIVATE KEY-----'}}",
                        "spec.chain: a block of another type than CERTIFICATE" + chain,
                        key));
    }

    @ParameterizedTest
    @MethodSource({"documents", "poolsAndListeners", "routes", "actions", "certificates"})
    void everyViolationIsTold(String kinds, String body, List<String> violations) {
        Answer answer = api.request("PUT", "/api/v1/" + kinds + "/bad")
                .header("If-None-Match", "*")
                .json(body)
                .send();
        assertThat(answer.violations()).containsExactlyInAnyOrderElementsOf(violations);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body().path("type").asText()).isEqualTo("urn:signalbox:problem:invalid");
        assertThat(answer.toString()).doesNotContain("secret");
        assertThat(api.get("/api/v1/" + kinds + "/bad").status()).isEqualTo(404);
    }

    @Test
    void manyViolationsAreCountedAndSomeListed() {
        String body =
                IntStream.range(0, 50_000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        Answer answer = api.request("PUT", "/api/v1/pools/many")
                .header("If-None-Match", "*")
                .json(body)
                .send();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violations()).hasSize(200);
        assertThat(answer.body().path("detail").asText())
                .isEqualTo("50001 violations, of which the first 200 are listed");
    }
}
