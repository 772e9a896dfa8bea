package clearml.apiserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The shape of the server, as far as a compiler does not see to it. */
@AnalyzeClasses(packages = "clearml.apiserver", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("clearml.apiserver.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheStoreConnectsToMongo = noClasses()
            .that()
            .resideOutsideOfPackage("..store..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MongoClient.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(MongoClients.class);

    @ArchTest
    static final ArchRule onlyTheStoreConnectsToElasticsearch = noClasses()
            .that()
            .resideOutsideOfPackage("..store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.elasticsearch.client..");

    @ArchTest
    static final ArchRule endpointsAreInControllers = methods()
            .that()
            .areAnnotatedWith(ApiCall.class)
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(ApiController.class);

    @ArchTest
    static final ArchRule controllersBelongToTheirPackage =
            classes().that().areAnnotatedWith(ApiController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule theKernelKnowsNoService = noClasses()
            .that()
            .resideInAPackage("clearml.apiserver.call")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("clearml.apiserver..")
                    .and(JavaClass.Predicates.resideOutsideOfPackage("clearml.apiserver.call")));

    @ArchTest
    static final ArchRule collaboratorsAreConstructorArguments =
            noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Helper|Util|Utils|Impl|Manager)$");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes().should(new ArchCondition<>("be in a null-marked package") {
        @Override
        public void check(JavaClass item, ConditionEvents events) {
            boolean marked =
                    item.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
            if (!marked) {
                events.add(SimpleConditionEvent.violated(
                        item, item.getPackageName() + " has no package-info.java with @NullMarked"));
            }
        }
    });
}
