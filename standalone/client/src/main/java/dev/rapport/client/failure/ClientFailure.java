package dev.rapport.client.failure;

/** Why a command can't go on, in words for whoever typed it. */
public final class ClientFailure extends RuntimeException {

    private final Exit exit;

    public ClientFailure(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    public ClientFailure(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    public Exit exit() {
        return exit;
    }

    /** What is to be said. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
