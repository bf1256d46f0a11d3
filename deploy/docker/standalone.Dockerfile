# Silo and gateway in one process; keep /data on a volume with Aetheris:Cluster:Redis=embedded and Aetheris:Cluster:Data=/data.
# deploy/publish.sh first: nothing is downloaded here but the base image.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY artifacts/publish/standalone/ ./
RUN mkdir /data && chown $APP_UID /data
VOLUME /data
USER $APP_UID
EXPOSE 5000/udp 8080/tcp
# The process itself, without a shell between: SIGTERM must reach it, and its exit code must come out.
ENTRYPOINT ["./Aetheris.Standalone"]
