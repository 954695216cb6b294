package io.quarkiverse.llm.gateway.runtime.access;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.quarkiverse.llm.Secret;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * For those whom Quarkus' security knows, however they have said who they are.
 *
 * @param ownKeys whether what clients send as API key goes to providers
 */
record SecurityAccess(CallerLimits limits, boolean ownKeys) implements Access {

    private static final String MESSAGE = "You must say who you are to use this gateway.";

    private static final BiConsumer<RoutingContext, Throwable> NO_ANSWER = (routing, failure) -> {
    };

    /** Authentication may be done before, or only now that somebody asks. */
    @Override
    public Uni<Caller> callerOf(RoutingContext routing) {
        HttpAuthenticator authenticator = routing.get(HttpAuthenticator.class.getName());
        if (authenticator == null) {
            // the sign that no security extension is there; the start has refused that
            return Uni.createFrom().failure(refused(null));
        }
        // it would answer by itself who has said it wrongly
        routing.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, NO_ANSWER);
        return QuarkusHttpUser.getSecurityIdentity(routing, authenticator.getIdentityProviderManager())
                .onFailure(AuthenticationFailedException.class).recoverWithNull()
                .chain(identity -> identity == null || identity.isAnonymous() ? challenge(routing, authenticator)
                        : Uni.createFrom().item(caller(routing, identity)));
    }

    private Caller caller(RoutingContext routing, SecurityIdentity identity) {
        Optional<Secret> ownKey = ownKeys ? SentKey.of(routing.request().headers()) : Optional.empty();
        return Caller.ofUser(identity.getPrincipal().getName(), limits, ownKey);
    }

    private static Uni<Caller> challenge(RoutingContext routing, HttpAuthenticator authenticator) {
        return authenticator.getChallenge(routing).onItem().transformToUni(challenge -> Uni.createFrom().failure(
                refused(challenge)));
    }

    /** As the security extension asks for it: with which header, and whether by a redirect. */
    private static UnauthorizedException refused(ChallengeData challenge) {
        Map<String, String> headers = new TreeMap<>();
        if (challenge != null && challenge.getHeaders() != null) {
            challenge.getHeaders().forEach((name, value) -> headers.put(name.toString(), value));
        }
        return new UnauthorizedException(MESSAGE, challenge == null ? 401 : challenge.status, headers);
    }
}
