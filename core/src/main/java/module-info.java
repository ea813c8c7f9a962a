/// The heart of Ebbgate: pure state machines, limits, outcomes and configuration records.
module dev.ebbgate.core {
    requires static transitive org.jspecify;

    exports dev.ebbgate.core.config;
    exports dev.ebbgate.core.event;
    exports dev.ebbgate.core.exchange;
    exports dev.ebbgate.core.failover;
    exports dev.ebbgate.core.failure;
    exports dev.ebbgate.core.health;
    exports dev.ebbgate.core.ledger;
    exports dev.ebbgate.core.limit;
    exports dev.ebbgate.core.overlay;
    exports dev.ebbgate.core.policy;
    exports dev.ebbgate.core.resolve;
    exports dev.ebbgate.core.setting;
    exports dev.ebbgate.core.tool;
    exports dev.ebbgate.core.upkeep;
    exports dev.ebbgate.core.watch;
}
