# The signalbox command with a JRE. It takes the jars of a build: `bin/signalbox --version` makes them.
FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/signalbox --create-home signalbox
COPY cli/target/lib /opt/signalbox/lib
COPY cli/target/signalbox-cli.jar /opt/signalbox/
USER signalbox
WORKDIR /var/lib/signalbox
# 8080: REST, 18000: xDS
EXPOSE 8080 18000
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-cp", "/opt/signalbox/signalbox-cli.jar:/opt/signalbox/lib/*", "io.signalbox.cli.Main"]
