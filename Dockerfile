# docker build -t crawl . && docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/data" crawl urls.txt

FROM debian:trixie-slim AS build
WORKDIR /src
COPY scripts/debian-packages scripts/
RUN bash -c '. scripts/debian-packages && install_missing "${build_packages[@]}"'
COPY . .
RUN cmake --preset release && cmake --build --preset release && DESTDIR=/out cmake --install build/release --strip

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      ca-certificates libcares2 libcurl4t64 libevent-core-2.1-7t64 libevent-extra-2.1-7t64 \
      libicu76 libmimalloc3 libpsl5t64 libre2-11 libsqlite3-0 libssl3t64 libuchardet0 libxxhash0 \
 && rm -rf /var/lib/apt/lists/* \
 && install --directory --mode=1777 /data
COPY --from=build /out/ /
# Any --user will do: nothing is written but what the arguments name, under /data.
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["crawl"]
