package io.signalbox.dataplane.tls;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1NumericString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.ASN1VisibleString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/**
 * A distinguished name as Envoy writes it: RFC 2253, that is the last part first, with OpenSSL's short names of attributes.
 * What is not ASCII is escaped byte by byte, an attribute without such a name and a value that is no text come in hex.
 */
final class SubjectText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");
    private static final String MARKS = ",+\"\\<>;";

    /** As Envoy 1.36 and 1.40 name them. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.14", "searchGuide"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.16", "postalAddress"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.18", "postOfficeBox"),
            Map.entry("2.5.4.19", "physicalDeliveryOfficeName"),
            Map.entry("2.5.4.20", "telephoneNumber"),
            Map.entry("2.5.4.26", "registeredAddress"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.45", "x500UniqueIdentifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.49", "distinguishedName"),
            Map.entry("2.5.4.51", "houseIdentifier"),
            Map.entry("2.5.4.54", "dmdName"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.72", "role"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.3", "mail"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
            Map.entry("1.2.840.113549.1.9.8", "unstructuredAddress"),
            Map.entry("1.3.6.1.5.5.7.9.1", "id-pda-dateOfBirth"),
            Map.entry("1.3.6.1.5.5.7.9.3", "id-pda-gender"));

    private SubjectText() {}

    static String of(X500Name name) {
        StringBuilder text = new StringBuilder();
        RDN[] parts = name.getRDNs();
        for (int i = parts.length - 1; i >= 0; i--) {
            AttributeTypeAndValue[] attributes = parts[i].getTypesAndValues();
            for (int j = attributes.length - 1; j >= 0; j--) {
                if (!text.isEmpty()) {
                    text.append(j == attributes.length - 1 ? ',' : '+');
                }
                append(attributes[j], text);
            }
        }
        return text.toString();
    }

    private static void append(AttributeTypeAndValue attribute, StringBuilder text) {
        String oid = attribute.getType().getId();
        String name = NAMES.get(oid);
        String value = name == null ? null : text(attribute.getValue());
        text.append(name == null ? oid : name).append('=');
        if (value == null) {
            text.append('#').append(HEX.formatHex(der(attribute.getValue())));
        } else {
            escape(value, text);
        }
    }

    private static @Nullable String text(ASN1Encodable value) {
        if (value instanceof ASN1UniversalString universal) {
            return new String(universal.getOctets(), UTF_32);
        }
        boolean isText = value instanceof ASN1UTF8String
                || value instanceof ASN1PrintableString
                || value instanceof ASN1IA5String
                || value instanceof ASN1NumericString
                || value instanceof ASN1VisibleString
                || value instanceof ASN1T61String
                || value instanceof ASN1BMPString;
        return isText ? ((ASN1String) value).getString() : null;
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("what was parsed can be encoded", e);
        }
    }

    private static void escape(String value, StringBuilder text) {
        int last = value.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = value.charAt(i);
            if (c >= 0x7f || c < ' ') {
                int length = Character.charCount(value.codePointAt(i));
                for (byte b : value.substring(i, i + length).getBytes(StandardCharsets.UTF_8)) {
                    text.append('\\').append(HEX.toHexDigits(b));
                }
                i += length - 1;
            } else {
                boolean atTheEdge = c == ' ' && (i == 0 || i == last) || c == '#' && i == 0;
                text.append(atTheEdge || MARKS.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
    }
}
