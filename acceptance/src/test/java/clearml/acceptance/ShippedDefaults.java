package clearml.acceptance;

/** The well-known secrets of the reference's configuration files, which an unchanged installation uses. */
final class ShippedDefaults {

    static final Credentials USER =
            new Credentials("EGRTCO8JMSIGI6S39GTP43NFWXDQOW", "LPEJbGJ6bK4tujQcmrD3i1dbMBDdwUwelVa-LG0K0FFmY9bzH_H0Sw");
    static final Credentials SYSTEM = new Credentials(
            "62T8CP7HGBC6647XF9314C2VY67RJO", "gaOfhDX2-bpkeI7-cwEcaMuGijxaG2UG3jbIvg4DxmVGF0LNI7rgvCb1-ne38IlBo1w");
    static final Credentials WEB = new Credentials(
            "EYVQ385RW7Y2QQUH88CZ7DWIQ1WUHP", "XhkH6a6ds9JBnM_MrahYyYdO-wS2bqFSm8gl-V0UZXH26Ydd6Eyi28TeBEoSr6Z3Bes");
    static final Credentials FILES = new Credentials(
            "GSQWPEKSKNKF354LC9V6BHXKTYFD5I", "tuBXcGQBECsEhcNiK2kiWi750z9r8Z85XrQ9V0c24huTuCb2xf2X1nKG");
    static final String TOKEN_SECRET = "Rq8FW84sSqVgq7WvBB_4EzNl9y8z8IGiDXX3C345_a5AZfcwZcwCIA";
    static final String COMPANY = "d1bd92a3b039400cbafc60a7a5b1e52b";

    private ShippedDefaults() {}
}
