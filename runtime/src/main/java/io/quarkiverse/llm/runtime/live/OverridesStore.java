package io.quarkiverse.llm.runtime.live;

/** Keeps what was changed while an application restarts. */
interface OverridesStore {

    /** Keeps nothing: what was changed ends with the application. */
    OverridesStore NONE = new OverridesStore() {

        @Override
        public Overrides load() {
            return Overrides.NONE;
        }

        @Override
        public void save(Overrides overrides) {
            // not kept
        }
    };

    Overrides load();

    void save(Overrides overrides);
}
