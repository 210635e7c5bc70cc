package io.github.acrattach;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What pom.xml says, which is where the version comes from. */
public final class Pom {

    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private Pom() {}

    /** That of the program, and of all that it is released with. */
    public static String version() {
        return texts("/project/version").get(0);
    }

    /** The texts of what an XPath expression selects. */
    public static List<String> texts(String expression) {
        try {
            Document pom = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of("pom.xml").toFile());
            NodeList nodes = (NodeList) XPATH.evaluate(expression, pom, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(index -> nodes.item(index).getTextContent().strip())
                    .toList();
        } catch (XPathExpressionException wrong) {
            throw new IllegalArgumentException(expression, wrong);
        } catch (Exception unreadable) {
            throw new IllegalStateException("pom.xml cannot be read.", unreadable);
        }
    }
}
