package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Proxy;
import dev.ebbgate.core.setting.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class ProxyRulesTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com,'',true",
        "http://api.example.com,'',false",
        "https://127.0.0.1:9,'',false",
        "https://localhost,'',false",
        "https://api.example.com,*,false",
        "https://api.example.com,api.example.com,false",
        "https://api.example.com,EXAMPLE.com,false",
        "https://api.example.com,.example.com,false",
        "https://api.example.com,*.example.com,false",
        "https://api.example.com,ample.com,true",
        "https://api.example.com,'other.org, example.com',false",
        "https://api.example.com:8443,example.com:8443,false",
        "https://api.example.com,example.com:8443,true",
        "https://10.1.2.3,10.0.0.0/8,false",
        "https://11.1.2.3,10.0.0.0/8,true",
        "https://10.1.2.3,10.1.2.3,false",
        "https://10.1.2.3,0.0.0.0/0,false",
        "https://10.1.2.3,10.1.2.3/32,false",
    })
    void environment_choosesTheProxy(String url, String noProxy, boolean proxied) {
        Map<String, String> environment =
                Map.of("HTTPS_PROXY", "http://proxy:8080", "NO_PROXY", noProxy);

        Proxy proxy = new ProxyRules(environment).choose(BaseUrl.parse(url));

        assertThat(proxy).isEqualTo(proxied ? new Proxy("proxy", 8080, null, null) : null);
    }

    @Test
    void lowerCaseVariable_comesFirst() {
        var environment = Map.of("HTTPS_PROXY", "http://upper:1", "https_proxy", "lower:2");

        Proxy proxy = new ProxyRules(environment).choose(BaseUrl.parse("https://h"));

        assertThat(proxy).isEqualTo(new Proxy("lower", 2, null, null));
    }

    @Test
    void login_isDecoded() {
        assertThat(ProxyRules.parse("http://me:p%40ss+w@proxy"))
                .isEqualTo(new Proxy("proxy", 3128, "me", new Secret("p@ss+w")));
    }

    @ParameterizedTest
    @CsvSource({"https://s3cret:1", "s3cret:s3cret:1", "http://s3cret:0", "http://u:%zzs3cret@h:1"})
    void addressOfNoProxy_isRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyRules.parse(text))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains("; write ").doesNotContain("s3cret"));
    }

    @Test
    void proxyWrittenOrOff_winsOverTheEnvironment() {
        var environment = Map.of("HTTPS_PROXY", "http://environment:1");
        String provider = "providers: {p: {dialect: openai, base-url: \"https://h\"%s}}\n";

        assertThat(Loading.config(provider.formatted(", proxy: off"), environment).toString())
                .contains("proxy=null");
        assertThat(
                        Loading.config(provider.formatted(", proxy: \"mine:1\""), environment)
                                .toString())
                .contains("host=mine");
        assertThat(Loading.config(provider.formatted(""), environment).toString())
                .contains("host=environment");
    }

    @Test
    void environmentWithoutAProxysAddress_isAProblemOfTheProviderItConcerns() {
        var environment = Map.of("HTTPS_PROXY", "socks5://s3cret");
        String yaml = "providers: {p: {dialect: openai, base-url: \"https://h\"}}\n";

        assertThat(Loading.problems(yaml, environment))
                .containsExactly(
                        "e.yaml:1: providers.p.base-url: HTTPS_PROXY is no proxy's address; write"
                                + " http://host:port there");
    }
}
