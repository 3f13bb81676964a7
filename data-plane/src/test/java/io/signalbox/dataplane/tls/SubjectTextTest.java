package io.signalbox.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.junit.jupiter.api.Test;

/** What is expected here, Envoy 1.36 and 1.40 wrote of certificates with these subjects. */
class SubjectTextTest {
    private static final String CN = "2.5.4.3";
    private static final String OU = "2.5.4.11";

    private static AttributeTypeAndValue attribute(String oid, ASN1Encodable value) {
        return new AttributeTypeAndValue(new ASN1ObjectIdentifier(oid), value);
    }

    private static String text(AttributeTypeAndValue... attributes) {
        X500NameBuilder name = new X500NameBuilder();
        for (AttributeTypeAndValue attribute : attributes) {
            name.addRDN(attribute);
        }
        return SubjectText.of(name.build());
    }

    private static AttributeTypeAndValue unit(String value) {
        return attribute(OU, new DERUTF8String(value));
    }

    @Test
    void theLastPartComesFirst() {
        assertThat(text(
                        attribute("2.5.4.6", new DERPrintableString("DE")),
                        attribute("2.5.4.10", new DERUTF8String("Acme, \"Inc\" \\ x;y=z + <a>")),
                        attribute(CN, new DERUTF8String(" #lead \"q\" é,"))))
                .isEqualTo("CN=\\ #lead \\\"q\\\" \\C3\\A9\\,,O=Acme\\, \\\"Inc\\\" \\\\ x\\;y=z \\+ \\<a\\>,C=DE");
    }

    @Test
    void blanksAtTheEdgeControlsAndWhatIsNotAsciiAreEscaped() {
        assertThat(text(
                        unit("tail "),
                        unit("  two  "),
                        unit(" "),
                        unit("#h"),
                        unit("a#b c=d/e"),
                        unit("c\u0001\u007f\n\t"),
                        unit("😀ä"),
                        attribute(OU, new DERIA5String("ia5"))))
                .isEqualTo("OU=ia5,OU=\\F0\\9F\\98\\80\\C3\\A4,OU=c\\01\\7F\\0A\\09,OU=a#b c=d/e,OU=\\#h,OU=\\ ,"
                        + "OU=\\  two \\ ,OU=tail\\ ");
    }

    @Test
    void anAttributeWithoutANameComesInHex() {
        assertThat(text(
                        attribute("2.5.4.97", new DERUTF8String("v29")),
                        attribute("2.5.4.72", new DERUTF8String("v28"))))
                .isEqualTo("role=v28,2.5.4.97=#0C03763239");
    }

    @Test
    void attributesOfOnePartAreJoined() {
        X500NameBuilder name = new X500NameBuilder();
        name.addMultiValuedRDN(new AttributeTypeAndValue[] {
            attribute(OU, new DERUTF8String("ou")), attribute(CN, new DERUTF8String("multi"))
        });
        name.addRDN(attribute("1.2.840.113549.1.9.1", new DERIA5String("m@x.y")));
        assertThat(SubjectText.of(name.build())).isEqualTo("emailAddress=m@x.y,CN=multi+OU=ou");
    }
}
