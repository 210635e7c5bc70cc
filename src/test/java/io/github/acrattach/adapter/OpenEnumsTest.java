package io.github.acrattach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.ExpandableStringEnum;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The SDK makes the values of its open enums by reflection. In the executable those of one that is not registered are null,
 * constants too, and nothing says so before it runs.
 */
class OpenEnumsTest {

    private static final String ROOM = "io.github.acrattach.adapter";

    @Test
    void eachThatAdaptersReadOrCompareIsRegistered() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOM);
        Set<String> read = classes.stream()
                .filter(each -> each.getPackageName().startsWith(ROOM))
                .flatMap(each -> each.getAccessesFromSelf().stream())
                .flatMap(OpenEnumsTest::types)
                .filter(type -> type.isAssignableTo(ExpandableStringEnum.class))
                .map(JavaClass::getName)
                // azure-core makes its own without reflection.
                .filter(name -> name.startsWith("com.azure.resourcemanager."))
                .collect(Collectors.toSet());
        Set<String> registered = classes.stream()
                .filter(each -> each.isAnnotatedWith(RegisterForReflection.class))
                .flatMap(each -> Stream.of(each.reflect()
                        .getAnnotation(RegisterForReflection.class)
                        .targets()))
                .map(Class::getName)
                .collect(Collectors.toSet());
        assertThat(read).isNotEmpty();
        assertThat(registered).containsAll(read);
    }

    private static Stream<JavaClass> types(JavaAccess<?> access) {
        return access instanceof JavaMethodCall call
                ? Stream.of(access.getTargetOwner(), call.getTarget().getRawReturnType())
                : Stream.of(access.getTargetOwner());
    }
}
