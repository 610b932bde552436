/* Reads a file of calls (softbon verify --write-calls): named arrays, in C and in C++. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FIELDS 64

typedef struct field {
    char type;
    char name[40];
    int64_t count;
    const void *data;
} field;

typedef struct call {
    int count;
    field fields[MOST_FIELDS];
} call;

typedef struct call_file {
    unsigned char *bytes;
    size_t size;
    size_t at;
} call_file;

static size_t bytes_of(char type)
{
    switch (type) {
    case 's': case 'b': return 1;
    case 'h': return 2;
    case 'l': case 'L': return 8;
    default: return 4;
    }
}

static void give_up(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(2);
}

static call_file open_calls(const char *path)
{
    call_file file = { NULL, 0, 0 };
    FILE *stream = fopen(path, "rb");
    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0) {
        give_up("the file of calls cannot be read");
    }

    file.size = (size_t)ftell(stream);
    rewind(stream);
    file.bytes = (unsigned char *)malloc(file.size + 8);
    if (file.bytes == NULL || fread(file.bytes, 1, file.size, stream) != file.size) {
        give_up("the file of calls cannot be read");
    }

    fclose(stream);
    return file;
}

static size_t aligned(size_t at)
{
    return (at + 7) / 8 * 8;
}

static size_t read_field(const call_file *file, size_t at, field *to)
{
    size_t length = file->bytes[at + 1];
    if (length >= sizeof(to->name)) {
        give_up("a name in the file of calls is too long");
    }

    to->type = (char)file->bytes[at];
    memcpy(to->name, file->bytes + at + 2, length);
    to->name[length] = 0;
    at = aligned(at + 2 + length);
    memcpy(&to->count, file->bytes + at, 8);
    to->data = file->bytes + at + 8;
    return aligned(at + 8 + (size_t)to->count * bytes_of(to->type));
}

/* The next call; 0 at the end of the file. */
static int next_call(call_file *file, call *to)
{
    field one;
    to->count = 0;
    while (file->at < file->size) {
        size_t next = read_field(file, file->at, &one);
        if (to->count > 0 && strcmp(one.name, "case") == 0) {
            break;
        }

        if (to->count == MOST_FIELDS) {
            give_up("a call has too many fields");
        }

        to->fields[to->count++] = one;
        file->at = next;
    }

    return to->count > 0;
}

/* A field by its name; one of no values where there is none. */
static const field *find(const call *from, const char *name)
{
    static const field none = { 'f', "", 0, NULL };
    int i;
    for (i = 0; i < from->count; i++) {
        if (strcmp(from->fields[i].name, name) == 0) {
            return &from->fields[i];
        }
    }

    return &none;
}

/* A part of a field by its name: find_part(call, "lambda", ".kind"). */
static const field *find_part(const call *from, const char *name, const char *part)
{
    char whole[80];
    snprintf(whole, sizeof(whole), "%s%s", name, part);
    return find(from, whole);
}

static int32_t number_of(const call *from, const char *name)
{
    const field *found = find(from, name);
    return found->count > 0 ? *(const int32_t *)found->data : 0;
}

#endif
