package clearml.apiserver.call;

/** A user with company and role, as tokens carry it; names may be empty. */
public record Identity(String user, String company, Role role, String userName, String companyName) {}
