package dev.rapport.client.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class A_fragment_of_html {

    @Test
    void is_the_text_in_it() {
        assertThat(Fragment.text("<p>Two kitchens\n"
                        + " stayed <b>cold</b>.</p><p>A date &amp; a name&nbsp;&#8211; &lt;soon&gt;</p>"))
                .isEqualTo("Two kitchens stayed cold.\nA date & a name – <soon>");
        assertThat(Fragment.text("<ul><li>one</li><li>two</li></ul><br/><br/><br/>three"))
                .isEqualTo("one\ntwo\n\nthree");
    }

    @Test
    void has_no_script_and_no_comment() {
        assertThat(Fragment.text("a<script>alert('b')</script><!-- c --><style>d</style>e<br>"))
                .isEqualTo("ae");
    }

    @Test
    void is_left_alone_where_it_is_no_html() {
        assertThat(Fragment.text("cost < 3 and > 2 &amp; so on\n\n\nend"))
                .isEqualTo("cost < 3 and > 2 &amp; so on\n\n\nend");
    }

    @Test
    void makes_no_control_characters() {
        assertThat(Fragment.text("<p>a&#27;b&#x0;c&#1114112;d</p>")).isEqualTo("a b c d");
    }
}
