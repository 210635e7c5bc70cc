package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no name can match is refused, with what was probably meant; what one name can match is taken. */
class NamingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CLUSTER         | aks-shop
            CLUSTER         | AKS_Shop-1
            CLUSTER         | *-prod
            CLUSTER         | a
            CLUSTER         | aks-sh?p
            REGISTRY        | acrShop
            REGISTRY        | acr*
            REGISTRY        | *
            REGISTRY        | a*
            RESOURCE_GROUP  | rg.(prod)_1-
            RESOURCE_GROUP  | größe-*
            NAMESPACE       | shop-1
            NAMESPACE       | 0
            SERVICE_ACCOUNT | web.front-1
            SERVICE_ACCOUNT | *.job
            REPOSITORY      | team/app
            REPOSITORY      | team/app__x/y--z.v1
            REPOSITORY      | team/*
            REPOSITORY      | *
            TAG             | cost centre (€)
            TAG             | hidden-link:/subscriptions/x
            TAG             | a
            LABEL           | kubernetes.io/metadata.name
            LABEL           | Team_1
            LABEL_VALUE     | a.b_C*
            """)
    void whatANameCanMatchIsTaken(Naming naming, String text) {
        assertThat(naming.pattern(' ' + text + ' ')).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CLUSTER         | aks.shop             | letters, digits, - and _
            CLUSTER         | -aks                 | letters, digits, - and _
            CLUSTER         | *_                   | letters, digits, - and _
            CLUSTER         | ^aks-.*$             | a pattern is no regular expression
            CLUSTER         | aks-.*               | a pattern is no regular expression
            CLUSTER         | ["aks-1"             | without quotes and brackets
            CLUSTER         | 'aks-1'              | without quotes and brackets
            CLUSTER         | aks-1;aks-2          | separated by commas
            CLUSTER         | aks-1 aks-2          | separated by commas
            CLUSTER         | !aks-1               | excludes nothing
            CLUSTER         | team=shop            | tags are given by the setting ..._TAGS
            CLUSTER         | /subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourceGroups/platform/providers/Microsoft.ContainerService/managedClusters/aks-shop | an id is no name
            REGISTRY        | acrshop.azurecr.io   | without its host: acrshop
            REGISTRY        | https://acrshop.azurecr.io/ | without its host: acrshop
            REGISTRY        | acrtwin-f3h4.azurecr.io | without its host: acrtwin
            REGISTRY        | *.azurecr.io         | without its host: *
            REGISTRY        | acrshop.azurecr.cn   | without its host: acrshop
            REGISTRY        | acr-shop             | has no hyphen
            REGISTRY        | acr-*                | has no hyphen
            REGISTRY        | acr_shop             | letters and digits alone
            REGISTRY        | acr                  | 5 to 50 characters
            RESOURCE_GROUP  | rg-shop.             | does not end with .
            RESOURCE_GROUP  | rg shop              | separated by commas
            RESOURCE_GROUP  | /subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourceGroups/platform | an id is no name
            NAMESPACE       | Shop                 | in lower case
            NAMESPACE       | shop_eu              | a-z, 0-9 and -
            NAMESPACE       | shop.eu              | a-z, 0-9 and -
            NAMESPACE       | team=shop            | ..._NAMESPACE_LABELS
            NAMESPACE       | !shop                | ..._EXCLUDED_NAMESPACES
            NAMESPACE       | shop-                | a-z, 0-9 and -
            SERVICE_ACCOUNT | shop/default         | without its namespace: default
            SERVICE_ACCOUNT | system:serviceaccount:shop:default | without its namespace: default
            SERVICE_ACCOUNT | Web                  | in lower case
            SERVICE_ACCOUNT | a..b                 | a-z, 0-9, - and .
            REPOSITORY      | acrshop.azurecr.io/team/app:1.0 | without a tag: team/app
            REPOSITORY      | acrshop.azurecr.io/team/* | without a tag: team/*
            REPOSITORY      | team/app:1.0         | without a tag: team/app
            REPOSITORY      | team/app@sha256:abc  | without a tag: team/app
            REPOSITORY      | Team/App             | in lower case
            REPOSITORY      | /team/app            | neither begins nor ends with /
            REPOSITORY      | team/                | neither begins nor ends with /
            REPOSITORY      | team/*/base          | path/* or * alone
            REPOSITORY      | team*                | path/* or * alone
            REPOSITORY      | */base               | path/* or * alone
            REPOSITORY      | sh?p                 | path/* or * alone
            REPOSITORY      | team//app            | path/* or * alone
            REPOSITORY      | team/.*              | a pattern is no regular expression
            TAG             | cost/centre          | any characters but
            TAG             | *                    | its value is
            TAG             | te?m                 | any characters but
            LABEL           | team*                | is no pattern
            LABEL           | a/b/c                | is no pattern
            LABEL           | -team                | is no pattern
            LABEL_VALUE     | a b                  | separated by commas
            LABEL_VALUE     | -x                   | letters, digits and - _ .
            """)
    void whatNoNameCanMatchIsRefusedWithTheIntention(Naming naming, String text, String told) {
        assertThatThrownBy(() -> naming.pattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("has '" + text + "', which no " + naming.thing() + " can be called; ")
                .hasMessageContaining(told);
    }

    @Test
    void lengthsAreThoseOfNames() {
        for (Naming naming : List.of(Naming.CLUSTER, Naming.NAMESPACE)) {
            assertThat(naming.pattern("a".repeat(63))).hasSize(63);
            assertThat(naming.pattern("a".repeat(63) + '*')).hasSize(64);
            assertThatThrownBy(() -> naming.pattern("a".repeat(64))).hasMessageContaining("1 to 63 characters");
            assertThatThrownBy(() -> naming.pattern("a".repeat(64) + '*')).hasMessageContaining("1 to 63 characters");
        }
        assertThatThrownBy(() -> Naming.REGISTRY.pattern("a".repeat(51))).hasMessageContaining("5 to 50 characters");
        assertThatThrownBy(() -> Naming.RESOURCE_GROUP.pattern("a".repeat(91))).hasMessageContaining("1 to 90");
        assertThatThrownBy(() -> Naming.TAG.pattern("a".repeat(513))).hasMessageContaining("1 to 512");
        assertThatThrownBy(() -> Naming.TAG_VALUE.pattern("a".repeat(257))).hasMessageContaining("0 to 256");
        assertThatThrownBy(() -> Naming.CLUSTER.pattern(" ")).hasMessageContaining("has ''");
    }
}
