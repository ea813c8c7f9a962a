/// The codecs of Ebbgate: providers' wire formats, without I/O.
module dev.ebbgate.dialects {
    requires static transitive org.jspecify;
    requires transitive dev.ebbgate.core;

    exports dev.ebbgate.dialects;
}
