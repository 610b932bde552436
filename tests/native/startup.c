/* How long it takes from nothing to the first pick: loading, an engine, a call; and the call after it. */
#include "softbon.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static void *symbol(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "%s\n", dlerror());
    }

    return found;
}

int main(int count, char **arguments)
{
    softbon_status (*create)(const softbon_engine_options *, softbon_engine *);
    softbon_status (*pick)(softbon_engine, const softbon_select_args *);
    static const float rewards[4] = { 0.1f, 0.7f, 0.4f, 0.2f };
    int32_t index = -1;
    softbon_select_args args;
    softbon_engine engine;
    double start, loaded, created, first, second;
    void *library;
    memset(&args, 0, sizeof(args));
    args.size = sizeof(args);
    args.rewards.data = rewards;
    args.rewards.count = 4;
    args.rows.count = 1;
    args.rows.columns = 4;
    args.lambda.kind = SOFTBON_LAMBDA_GIVEN;
    args.noise = SOFTBON_NOISE_NONE;
    args.index.data = &index;
    args.index.count = 1;

    start = milliseconds();
    library = dlopen(count > 1 ? arguments[1] : "libsoftbon.so", RTLD_NOW);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }

    *(void **)&create = symbol(library, "softbon_engine_create");
    *(void **)&pick = symbol(library, "softbon_select");
    loaded = milliseconds();
    if (create == NULL || pick == NULL || create(NULL, &engine) != SOFTBON_OK) {
        return 1;
    }

    created = milliseconds();
    if (pick(engine, &args) != SOFTBON_OK || index != 1) {
        return 1;
    }

    first = milliseconds();
    pick(engine, &args);
    second = milliseconds();
    printf("load %.2f ms, engine %.2f ms, first call %.2f ms, second call %.4f ms\n",
        loaded - start, created - loaded, first - created, second - first);
    return 0;
}
