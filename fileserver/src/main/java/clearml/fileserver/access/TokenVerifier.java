package clearml.fileserver.access;

/** Decides about a token of the API server. */
interface TokenVerifier {

    /**
     * @throws Denied it may not be used
     * @throws Undecided nobody can say at the moment
     */
    void verify(String token) throws Denied, Undecided;
}
