#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 4668:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   hN: () => (/* binding */ needsOf),
/* harmony export */   hT: () => (/* binding */ mappedRows),
/* harmony export */   xE: () => (/* binding */ watchOf)
/* harmony export */ });
/* harmony import */ var _formats_conversion_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8299);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1469);
/* harmony import */ var _mapping_mapper_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(308);
/* harmony import */ var _mapping_counts_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8765);
/* harmony import */ var _mapping_plan_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8351);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1106);
/* harmony import */ var _schema_record_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(5189);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(4869);
/* harmony import */ var _schema_rules_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9333);
/* harmony import */ var _schema_walk_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(5521);
/* harmony import */ var _row_mapper_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(301);











const ROW_MOST_MS = 10_000;
function watchOf(plan) {
    return {
        mostMs: ROW_MOST_MS,
        problemOf: (mark) => {
            const target = plan?.set.entries.find(({ number }) => number === mark)?.target ?? '';
            return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .Problem */ .AF(`Cannot map the rows: mapping ${mark} (\u2192 ${target}) took longer than ${ROW_MOST_MS / 1_000} s for one row`, {
                remedy: 'Its regular expression has too many ways to match: avoid repetitions within repetitions, as in (a+)+.',
            });
        },
    };
}
function mappedRows({ plan, isChecked }, { showValues, keyOf, progress }) {
    const mapping = (0,_mapping_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .compilePlan */ .v)(plan);
    const { nowMs, isForProfile } = plan;
    const options = { showValues, isForProfile };
    const check = isChecked ? (0,_schema_record_js__WEBPACK_IMPORTED_MODULE_6__/* .recordCheck */ .Y$)(mapping.schema, options) : undefined;
    const rules = { mapping, nowMs, progress, check, keyOf, ...options };
    return {
        ...needsOf(mapping),
        begin: (slice, spot) => new MappedSlice(rules, slice, spot),
    };
}
function needsOf(mapping) {
    return {
        isInOrder: (0,_mapping_mapper_js__WEBPACK_IMPORTED_MODULE_2__/* .needsRowNumbers */ .Co)(mapping),
        isSlow: mapping.entries.some(({ checked }) => checked.isSlow),
    };
}
class MappedSlice {
    lines = new _formats_conversion_js__WEBPACK_IMPORTED_MODULE_0__/* .LineBuffer */ .F();
    typedValues = 'verbatim';
    #rules;
    #mapper;
    #isMapped = false;
    #emptyRecords = 0;
    constructor(rules, slice, { name, rowsBefore }) {
        const { mapping, nowMs, progress } = rules;
        const header = slice.format === 'csv' ? slice.layout.header : undefined;
        this.#rules = rules;
        this.#mapper = new _row_mapper_js__WEBPACK_IMPORTED_MODULE_9__/* .RowMapper */ .o({ mapping, header, name, nowMs, progress }, rowsBefore);
    }
    get counts() {
        return (0,_mapping_counts_js__WEBPACK_IMPORTED_MODULE_3__/* .withEmptyRecords */ .S0)(this.#mapper.counts, this.#emptyRecords);
    }
    text(text, report) {
        this.#isMapped = false;
        const row = readRow(text, this.#rules, report);
        if (row !== undefined)
            return this.#convert(this.#mapper.map(row, text), report);
        this.#mapper.skip(1);
        return undefined;
    }
    value(row, report, where) {
        this.#isMapped = false;
        return this.#convert(this.#mapper.map(row, undefined, where), report);
    }
    cells(cells, report, where) {
        this.#isMapped = false;
        return this.#convert(this.#mapper.mapCells(cells, where), report);
    }
    corrupt(issue, rows) {
        this.#isMapped = false;
        this.#mapper.skip(rows);
        return issue.fate === 'changed' ? { ...issue, fate: 'rejected' } : issue;
    }
    trace(issue) {
        if (!this.#isMapped || issue.code === 'mapping-error')
            return issue;
        const origin = this.#mapper.originOf(issue.at ?? issue.path);
        return { ...issue, at: origin?.at ?? '', from: shownColumn(origin?.columns[0]) };
    }
    #convert(mapped, report) {
        const { record, faults } = mapped;
        this.#isMapped = true;
        for (const fault of faults)
            report(issueOfFault(fault));
        const line = lineOf(mapped);
        if (line === undefined) {
            report(TOO_LONG);
            return undefined;
        }
        this.lines.add(line);
        if (line === '{}')
            this.#emptyRecords++;
        const { check, keyOf } = this.#rules;
        if (check === undefined)
            return undefined;
        this.#checkSize(line, report);
        check(record, faults.length === 0 ? report : withoutMissing(faults, report));
        return keyOf(record);
    }
    #checkSize(line, report) {
        const { isForProfile, mapping } = this.#rules;
        if (!isForProfile || (0,_schema_record_js__WEBPACK_IMPORTED_MODULE_6__/* .sizeIssue */ .lZ)(mapping.schema, line.length * 3) === undefined)
            return;
        const issue = (0,_schema_record_js__WEBPACK_IMPORTED_MODULE_6__/* .sizeIssue */ .lZ)(mapping.schema, Buffer.byteLength(line));
        if (issue !== undefined)
            report(issue);
    }
}
const LONGEST_LINE = 1 << 28;
const TOO_LONG = (0,_schema_rules_js__WEBPACK_IMPORTED_MODULE_7__/* .issueOf */ .v1)('mapping-error', { path: '', at: '', expected: 'a record of at most 256 MiB', received: 'a longer one' }, 'rejected');
function lineOf(mapped) {
    try {
        const line = (0,_mapping_mapper_js__WEBPACK_IMPORTED_MODULE_2__/* .recordText */ .Pe)(mapped);
        return line.length > LONGEST_LINE ? undefined : line;
    }
    catch (error) {
        if (error instanceof RangeError)
            return undefined;
        throw error;
    }
}
function readRow(text, { showValues }, report) {
    const row = (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_5__/* .parseVerbatim */ .ih)(text, (at) => {
        const words = { expected: 'each key once', received: 'a repeated key' };
        report((0,_schema_rules_js__WEBPACK_IMPORTED_MODULE_7__/* .issueOf */ .v1)('duplicate-key', { path: showValues ? at : '', at, ...words }));
    });
    if ((0,_schema_json_js__WEBPACK_IMPORTED_MODULE_5__/* .isPlainObject */ .Qd)(row))
        return row;
    report((0,_schema_rules_js__WEBPACK_IMPORTED_MODULE_7__/* .issueOf */ .v1)('not-an-object', { path: '', expected: 'a JSON object', received: (0,_schema_walk_js__WEBPACK_IMPORTED_MODULE_8__/* .typeName */ .go)(row) }));
    return undefined;
}
function issueOfFault({ at, path, column, expected, received, fate }) {
    return { ...(0,_schema_rules_js__WEBPACK_IMPORTED_MODULE_7__/* .issueOf */ .v1)('mapping-error', { path, at, expected, received }, fate), from: shownColumn(column) };
}
function shownColumn(name) {
    return name === undefined ? undefined : (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_10__/* .shorten */ .ml)(name);
}
function withoutMissing(faults, report) {
    const missing = faults.filter(({ fate }) => fate === 'rejected').map(({ path }) => path);
    return (issue) => {
        const at = issue.at ?? issue.path;
        const isTold = missing.some((path) => path === at || path.startsWith(`${at}/`));
        if (issue.code !== 'required-missing' || !isTold)
            report(issue);
    };
}


/***/ }),

/***/ 301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ RowMapper),
/* harmony export */   z: () => (/* binding */ readRow)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _formats_csv_records_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5698);
/* harmony import */ var _mapping_mapper_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(308);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1106);
/* harmony import */ var _typed_values_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3650);





class RowMapper {
    #mapper;
    #progress;
    #place;
    #header;
    #row;
    #cells = [];
    #text;
    #where;
    constructor({ mapping, header, name, nowMs, progress = new Int32Array(2) }, rowsBefore) {
        this.#mapper = new _mapping_mapper_js__WEBPACK_IMPORTED_MODULE_2__/* .Mapper */ .uI(mapping, { header, nowMs, remoteName: name, progress });
        this.#progress = progress;
        this.#header = header ?? [];
        this.#place = { row: rowsBefore, sha256: () => this.#sha256() };
    }
    get counts() {
        return this.#mapper.counts;
    }
    skip(rows) {
        this.#place.row += rows;
    }
    map(row, text, where) {
        this.#row = row;
        this.#text = text;
        this.#begin(where);
        return this.#mapper.map(row, this.#place);
    }
    mapCells(cells, where) {
        this.#row = undefined;
        this.#cells = cells;
        this.#text = undefined;
        this.#begin(where);
        return this.#mapper.mapCells(cells, this.#place);
    }
    #begin(where) {
        this.#where = where;
        this.#place.row++;
        this.#progress[1] = (this.#progress[1] ?? 0) + 1;
    }
    #rowAtHand() {
        this.#row ??= (0,_formats_csv_records_js__WEBPACK_IMPORTED_MODULE_1__/* .rowOfCells */ .Z3)(this.#header, this.#cells);
        return this.#row;
    }
    originOf(pointer) {
        return this.#mapper.originOf(this.#rowAtHand(), this.#place, pointer);
    }
    #sha256() {
        return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', this.#text ?? this.#where?.rawText?.() ?? JSON.stringify((0,_typed_values_js__WEBPACK_IMPORTED_MODULE_4__/* .asJson */ .v)(this.#rowAtHand())));
    }
}
function readRow(text) {
    try {
        const row = (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseVerbatim */ .ih)(text);
        return (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isPlainObject */ .Qd)(row) ? row : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 9356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G2: () => (/* binding */ schemaFact),
/* harmony export */   HF: () => (/* binding */ storedSchema),
/* harmony export */   fO: () => (/* binding */ glanceAtSchema),
/* harmony export */   jy: () => (/* binding */ compileSource),
/* harmony export */   kY: () => (/* binding */ registeredSchema),
/* harmony export */   mN: () => (/* binding */ requireDescriptors),
/* harmony export */   z7: () => (/* binding */ readStoredSchema)
/* harmony export */ });
/* harmony import */ var _inputs_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(787);
/* harmony import */ var _lib_async_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8024);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1469);
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4386);
/* harmony import */ var _lib_time_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1527);
/* harmony import */ var _platform_limits_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4920);
/* harmony import */ var _platform_permissions_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8221);
/* harmony import */ var _schema_compile_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9039);








function schemaFact({ title, behaviour, isUnion, entity, relational }) {
    return { title, behaviour, isUnion, entity, ...(relational === undefined ? {} : { isRelational: true }) };
}
function requireDescriptors(source) {
    const { relational, title } = compileSource(source);
    if (relational === undefined || relational.missing?.length === 0)
        return;
    const why = relational.missing?.join('; ') ?? 'its descriptors could not be read';
    throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF(`Cannot validate rows of the relational schema ${JSON.stringify(title)}: ${why}`, {
        remedy: relational.missing === undefined
            ? 'Give the role the permission "View Schemas", or store the schema with its descriptors: {"schema": \u2026, "descriptors": \u2026}.'
            : 'Relational data needs a primary key and a version, and time-series data a timestamp: add the descriptors to the schema (Schema Registry, "Descriptors endpoint").',
    });
}
async function readStoredSchema(path, { workspace }) {
    const text = await workspace.read(path).catch((error) => {
        throw error instanceof _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF ? unreadableFile(path, error) : error;
    });
    return { path, text };
}
function storedSchema({ path, text }) {
    try {
        return refuseUnusable(sourceIn(JSON.parse(withoutMark(text))));
    }
    catch (cause) {
        if (!(cause instanceof SyntaxError) && !(cause instanceof _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF))
            throw cause;
        const why = cause instanceof SyntaxError ? notJson(text) : 'it is not an object schema with properties';
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF(`Cannot read the schema in ${JSON.stringify(path)}: ${why}`, {
            remedy: 'Store it with the command "schema" and its option --output, or store the answer of the Schema Registry to "Accept: application/vnd.adobe.xed-full+json; version=1".',
            cause,
        });
    }
}
function withoutMark(text) {
    return text.replace(/^\ufeff/, '');
}
function notJson(text) {
    return text.startsWith('\ufffd\ufffd') && text.includes('\0') ? 'it is UTF-16, and JSON is UTF-8' : 'it is not JSON';
}
function sourceIn(value) {
    const file = (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_3__/* .jsonReader */ .sJ)(value, 'schema-file');
    const schema = file.get('schema').value();
    if (schema === undefined || file.get('properties').value() !== undefined)
        return { schema: value, descriptors: undefined };
    const descriptors = file.get('descriptors').value() ?? undefined;
    if (descriptors === undefined)
        return { schema, descriptors };
    const isForProfile = file.get('meta').get('isForProfile').boolean() ?? (0,_schema_compile_js__WEBPACK_IMPORTED_MODULE_6__/* .compileSchema */ .F)(schema, descriptors).isUnion;
    return { schema, descriptors, isForProfile };
}
function unreadableFile(path, cause) {
    const why = `allowed: a readable file of the workspace. ${cause.message}`;
    return (0,_inputs_problem_js__WEBPACK_IMPORTED_MODULE_0__/* .inputProblem */ .oi)([`"schema-file" is ${JSON.stringify(path)}; ${why}`], {
        remedy: 'Fix the path under "with:", and check out the repository in an earlier step.',
        cause,
    });
}
async function registeredSchema({ dataset, schemaId: id, neededBy }, context) {
    const fail = (why, cause) => unreadableSchema({ what: id ?? dataset, why, neededBy }, cause);
    if (id === undefined)
        throw fail('the dataset has no schema');
    const readSchema = async (signal) => {
        const found = await context.platform.schemas.schema(id, signal).catch((error) => {
            signal.throwIfAborted();
            throw error instanceof _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF ? fail(error.message, error) : error;
        });
        if (found.kind === 'missing')
            throw fail('the Schema Registry of this sandbox does not contain it');
        return found.record;
    };
    const both = await (0,_lib_async_js__WEBPACK_IMPORTED_MODULE_1__/* .runBoth */ .rR)(readSchema, (signal) => readDescriptors(id, { ...context, signal }), context.signal);
    const [schema, descriptors] = both;
    return refuseUnusable({ schema, descriptors });
}
async function glanceAtSchema(id, { withDescriptors }, { platform, clock, signal }) {
    try {
        return await (0,_lib_time_js__WEBPACK_IMPORTED_MODULE_4__/* .withDeadline */ .NE)({ silenceMs: _platform_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .GLANCE_MOST_MS */ .ko, clock, signal }, async (limited) => {
            const found = await platform.schemas.schema(id, limited);
            if (found.kind === 'missing')
                return `the Schema Registry of this sandbox does not contain ${JSON.stringify(id)}`;
            const list = withDescriptors ? await platform.schemas.descriptors(id, limited) : undefined;
            return refuseUnusable({ schema: found.record, descriptors: list?.kind === 'found' ? list.record : undefined });
        });
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof _lib_time_js__WEBPACK_IMPORTED_MODULE_4__/* .DeadlinePassed */ .Xp)
            return `the Schema Registry gave no usable answer within ${_platform_limits_js__WEBPACK_IMPORTED_MODULE_5__/* .GLANCE_MOST_MS */ .ko / 1000} seconds`;
        if (error instanceof _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF)
            return (0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error);
        throw error;
    }
}
function refuseUnusable(source) {
    void compileSource(source);
    return source;
}
function compileSource({ schema, descriptors }) {
    return (0,_schema_compile_js__WEBPACK_IMPORTED_MODULE_6__/* .compileSchema */ .F)(schema, descriptors);
}
async function readDescriptors(id, { platform, signal }) {
    const found = await platform.schemas.descriptors(id, signal).catch(() => undefined);
    signal.throwIfAborted();
    return found?.kind === 'found' ? found.record : undefined;
}
function unreadableSchema({ what, why, neededBy }, cause) {
    return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .AF(`Cannot read the schema ${JSON.stringify(what)}: ${why}`, {
        remedy: (cause?.remedy ?? _platform_permissions_js__WEBPACK_IMPORTED_MODULE_7__/* .VIEW_SCHEMAS */ .v) + waysRound(neededBy),
        cause,
    });
}
function waysRound(neededBy) {
    if (neededBy === 'upsert')
        return '';
    const stored = '"schema-file" with a stored copy of the schema';
    return neededBy === 'mapping' ? ` Alternative: ${stored}.` : ` Alternatives: ${stored}, or "validation: off".`;
}


/***/ }),

/***/ 3650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ asJson)
/* harmony export */ });
/* harmony import */ var _formats_parquet_exact_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9287);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1106);


function asJson(value) {
    if (typeof value !== 'object')
        return typeof value === 'bigint' ? new _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J(String(value)) : value;
    if (value instanceof Date)
        return dateString(value);
    if (value instanceof _formats_parquet_exact_js__WEBPACK_IMPORTED_MODULE_0__/* .ExactValue */ .$Z)
        return value.kind === 'moment' ? value.text : new _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J(value.text);
    if (Array.isArray(value))
        return value.map(asJson);
    if (value === null || ArrayBuffer.isView(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asJson(inner)]));
}
function dateString(date) {
    if (Number.isNaN(date.getTime()))
        return 'a date that no calendar has';
    return date.toJSON();
}


/***/ }),

/***/ 3505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ DigestWriter),
/* harmony export */   I: () => (/* binding */ DigestReader)
/* harmony export */ });
const ROW = 1;
const KEYLESS_ROW = 2;
const FIELD = 3;
const GAP = 4;
const HEAD_WORDS = 2;
const HASH_WORDS = 4;
const LEAVES_AT = HEAD_WORDS + 2 * HASH_WORDS;
const FULL_WORDS = 1 << 20;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();
class DigestWriter {
    rows = 0;
    #pathOf;
    #named = new Set();
    #words = new Uint32Array(1 << 10);
    #used = 0;
    constructor(pathOf) {
        this.#pathOf = pathOf;
    }
    get isFull() {
        return this.#used >= FULL_WORDS;
    }
    addRow({ key, content, hasKey }, leaves) {
        for (let at = 0; at < leaves.length; at += 2)
            this.#name(leaves[at] ?? 0);
        this.rows++;
        const at = this.#begin(hasKey ? ROW : KEYLESS_ROW, leaves.length / 2, LEAVES_AT + leaves.length);
        this.#words.set(key, at + HEAD_WORDS);
        this.#words.set(content, at + HEAD_WORDS + HASH_WORDS);
        this.#words.set(leaves, at + LEAVES_AT);
    }
    addGap(rows) {
        this.#begin(GAP, rows, HEAD_WORDS);
    }
    take() {
        const taken = new Uint8Array(this.#words.buffer, 0, 4 * this.#used);
        this.#words = new Uint32Array(1 << 10);
        this.#used = 0;
        return taken;
    }
    #name(field) {
        if (this.#named.has(field))
            return;
        this.#named.add(field);
        const path = ENCODER.encode(this.#pathOf(field));
        const at = this.#begin(FIELD, path.length, fieldLength(path.length));
        this.#words[at + HEAD_WORDS] = field;
        new Uint8Array(this.#words.buffer, 4 * (at + HEAD_WORDS + 1)).set(path);
    }
    #begin(kind, number, length) {
        const at = this.#used;
        this.#used += length;
        if (this.#used > this.#words.length)
            this.#enlarge(at);
        this.#words[at] = kind;
        this.#words[at + 1] = number;
        return at;
    }
    #enlarge(filled) {
        const larger = new Uint32Array(Math.max(2 * this.#words.length, this.#used));
        larger.set(this.#words.subarray(0, filled));
        this.#words = larger;
    }
}
function fieldLength(pathBytes) {
    return HEAD_WORDS + 1 + Math.ceil(pathBytes / 4);
}
class DigestReader {
    #sink;
    #fields = [];
    constructor(sink) {
        this.#sink = sink;
    }
    read(bytes) {
        const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
        for (let at = 0; at < words.length;)
            at = this.#readOne(words, at);
    }
    #readOne(words, at) {
        const [kind, number] = [words[at], words[at + 1] ?? 0];
        if (kind === FIELD)
            return this.#readField(words, at, number);
        if (kind !== GAP)
            return this.#readRow(words, at, number);
        this.#sink.gap(number);
        return at + HEAD_WORDS;
    }
    #readRow(words, at, count) {
        const first = at + LEAVES_AT;
        const end = first + 2 * count;
        const leaves = words.subarray(first, end);
        for (let leaf = 0; leaf < leaves.length; leaf += 2)
            leaves[leaf] = this.#fields[leaves[leaf] ?? 0] ?? 0;
        this.#sink.row({ hashes: words.subarray(at + HEAD_WORDS, first), hasKey: words[at] === ROW, leaves });
        return end;
    }
    #readField(words, at, length) {
        const start = words.byteOffset + 4 * (at + HEAD_WORDS + 1);
        const path = DECODER.decode(new Uint8Array(words.buffer, start, length));
        this.#fields[words[at + HEAD_WORDS] ?? 0] = this.#sink.field(path);
        return at + fieldLength(length);
    }
}


/***/ }),

/***/ 8095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ canonicalText),
/* harmony export */   mI: () => (/* binding */ CanonicalRows),
/* harmony export */   rG: () => (/* binding */ rowHash)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4386);
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8908);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1106);




const MOST_FIELDS = 4_096;
const DEEPEST = 500;
class CanonicalRows {
    #root = { id: 0, children: new Map(), path: [] };
    #fields = [this.#root];
    #others = { id: 0, children: new Map(), path: [] };
    #text = '';
    #leaves = [];
    get leaves() {
        return this.#leaves;
    }
    read(row) {
        this.#text = '';
        this.#leaves = [];
        this.#walk(row, this.#root, 0);
        return this.#text;
    }
    pathOf(field) {
        return (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointer */ .W)(this.#fields[field]?.path ?? []);
    }
    #walk(value, node, depth) {
        if (isMembers(value) && depth < DEEPEST)
            this.#walkMembers(value, node, depth);
        else
            this.#addLeaf(canonicalText(value, depth), node);
    }
    #walkMembers(value, node, depth) {
        const names = sortedNames(value);
        if (names.length === 0)
            return this.#addLeaf('{}', node);
        let separator = '{';
        for (const name of names) {
            const member = (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(value, name);
            if (member === undefined)
                continue;
            this.#text += `${separator}${JSON.stringify(name)}:`;
            separator = ',';
            this.#walk(member, this.#below(node, name), depth + 1);
        }
        this.#text += separator === '{' ? '{}' : '}';
    }
    #addLeaf(text, { id }) {
        this.#text += text;
        this.#leaves.push(id, quickHash(text));
    }
    #below(node, name) {
        const known = node.children.get(name);
        if (known !== undefined)
            return known;
        if (this.#fields.length >= MOST_FIELDS)
            return this.#others;
        const made = { id: this.#fields.length, children: new Map(), path: [...node.path, name] };
        node.children.set(name, made);
        this.#fields.push(made);
        return made;
    }
}
function isMembers(value) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !(value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_2__/* .LosslessNumber */ ._J) && !ArrayBuffer.isView(value);
}
function sortedNames(value) {
    return Object.keys(value).toSorted();
}
function canonicalText(value, depth = 0) {
    if (depth > DEEPEST)
        throw new RangeError('nested without end');
    if (typeof value === 'string')
        return JSON.stringify(value);
    if (typeof value === 'number' || value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_2__/* .LosslessNumber */ ._J)
        return (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalNumber */ .uA)(value);
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalText(item, depth + 1)).join(',')}]`;
    if (ArrayBuffer.isView(value))
        return `bytes:${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
    if (!isMembers(value))
        return String(value);
    const members = sortedNames(value).filter((name) => (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(value, name) !== undefined);
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(value, name), depth + 1)}`).join(',')}}`;
}
function quickHash(text) {
    let state = 0x811c9dc5;
    for (let at = 0; at < text.length; at++)
        state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
    return state >>> 0;
}
function rowHash(text) {
    const bytes = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', text, 'buffer');
    const words = new Uint32Array(4);
    for (let at = 0; at < 4; at++)
        words[at] = bytes.readUInt32LE(4 * at);
    return words;
}


/***/ }),

/***/ 7756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ chooseKey),
/* harmony export */   P: () => (/* binding */ keyText)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8908);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1106);
/* harmony import */ var _row_hash_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8095);




function chooseKey({ given, schema, isMapped }) {
    if (given.length > 0) {
        const parts = given.map((entry) => partOf(entry, isMapped));
        return { plan: { kind: 'parts', parts }, key: { kind: 'input', paths: given } };
    }
    const relationalKey = schema?.relational?.key ?? [];
    if (relationalKey.length > 0)
        return keyOfFields('primary-key', relationalKey.map((name) => [name]));
    const primary = schema?.identities.primary;
    if (schema?.behaviour === 'time-series')
        return keyOfFields('event-id', [['_id']]);
    if (primary?.kind === 'field')
        return keyOfFields('identity', [primary.path]);
    if (primary?.kind === 'identity-map' && schema?.root.fields.has('identityMap') === true) {
        return { plan: { kind: 'identity-map' }, key: { kind: 'identity-map', paths: ['/identityMap'] } };
    }
    return { plan: { kind: 'whole-row' }, key: { kind: 'whole-row', paths: [] } };
}
function keyOfFields(kind, paths) {
    const parts = paths.map((path) => ({ of: 'record', path }));
    return { plan: { kind: 'parts', parts }, key: { kind, paths: paths.map((path) => (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointer */ .W)(path)) } };
}
function partOf(entry, isMapped) {
    if (!entry.startsWith('/'))
        return { of: isMapped ? 'row' : 'record', name: entry, path: entry.split('.') };
    return { of: 'record', path: (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointerSegments */ .c)(entry) };
}
function keyText(plan, keyed) {
    switch (plan.kind) {
        case 'parts':
            return textOfParts(plan.parts, keyed);
        case 'identity-map':
            return identityText(keyed.record);
        case 'whole-row':
            return undefined;
        default:
            return plan;
    }
}
function textOfParts(parts, keyed) {
    let text = 'key';
    for (const part of parts) {
        const value = valueOf(part, keyed);
        if (value === undefined || value === null || value === '')
            return undefined;
        text += `:${(0,_row_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalText */ .A4)(value)}`;
    }
    return text;
}
function valueOf({ of, path, name }, keyed) {
    const from = keyed[of];
    const along = path.reduce((value, step) => ((0,_schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(value) ? (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(value, step) : undefined), from);
    const named = name ?? (keyed.hasColumns === true ? path.at(-1) : undefined);
    if (along !== undefined || named === undefined || !(0,_schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(from))
        return along;
    const value = (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(from, named);
    return typeof value === 'object' && !(value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J) ? undefined : value;
}
function identityText(record) {
    const map = (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(record) ? (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(record, 'identityMap') : undefined;
    if (!(0,_schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(map))
        return undefined;
    const primaries = Object.entries(map).flatMap(([namespace, identities]) => (Array.isArray(identities) ? identities : []).flatMap((identity) => (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(identity) && identity['primary'] === true && isValue(identity['id'])
        ? [(0,_row_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalText */ .A4)([namespace, identity['id']])]
        : []));
    return primaries.length === 0 ? undefined : `identity:${primaries.toSorted().join()}`;
}
function isValue(id) {
    return id !== undefined && id !== null && id !== '';
}


/***/ }),

/***/ 7247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  vH: () => (/* binding */ checkFile),
  x1: () => (/* binding */ checkSlice),
  MS: () => (/* binding */ readNothing)
});

// UNUSED EXPORTS: checkRecords

// EXTERNAL MODULE: ./build/lib/async.js
var lib_async = __nccwpck_require__(8024);
// EXTERNAL MODULE: ./build/formats/json/places.js
var places = __nccwpck_require__(4432);
// EXTERNAL MODULE: ./build/formats/formats.js + 8 modules
var formats = __nccwpck_require__(5711);
// EXTERNAL MODULE: ./build/formats/parquet/columns.js + 2 modules
var columns = __nccwpck_require__(5646);
// EXTERNAL MODULE: ./build/formats/parquet/format.js + 1 modules
var format = __nccwpck_require__(4951);
// EXTERNAL MODULE: ./build/formats/parquet/row-marks.js
var row_marks = __nccwpck_require__(8179);
// EXTERNAL MODULE: ./build/formats/keys.js
var keys = __nccwpck_require__(5151);
// EXTERNAL MODULE: ./build/formats/tally.js
var tally = __nccwpck_require__(801);
// EXTERNAL MODULE: ./build/formats/record.js
var record = __nccwpck_require__(1242);
;// CONCATENATED MODULE: ./build/formats/results.js




class FileResult {
    #placedBy;
    rows = 0;
    #badRows = 0;
    #rejectedRows = 0;
    #extent = record/* NOTHING */.K$;
    #tally = new tally/* Tally */.F0();
    #keys = new keys/* KeyList */.Cy();
    #converted;
    #ordered = new tally/* OrderedTally */.uu();
    #marks = { bad: new row_marks/* RowMarks */.l(), rejected: new row_marks/* RowMarks */.l() };
    constructor(placedBy) {
        this.#placedBy = placedBy;
    }
    append(result) {
        if (result.kind === 'records')
            this.#appendRecords(result);
        else
            this.#appendColumns(result);
    }
    #appendColumns({ layout: { group, part, parts }, columns }) {
        const { bad, rejected } = this.#marks;
        this.#ordered.add(columns.findings);
        bad.add(columns.bad);
        rejected.add(columns.rejected);
        this.#keys.append(columns.keys, this.rows, this.rows);
        if (part < parts - 1)
            return;
        const counts = { rows: group.rows, badRows: bad.count(), rejectedRows: rejected.count() };
        const findings = this.#ordered.findings();
        this.#ordered = new tally/* OrderedTally */.uu();
        this.#marks = { bad: new row_marks/* RowMarks */.l(), rejected: new row_marks/* RowMarks */.l() };
        this.#appendRecords({ kind: 'records', ...counts, extent: record/* NOTHING */.K$, findings, keys: new keys/* KeyList */.Cy().take() });
    }
    #appendRecords({ rows, badRows, rejectedRows, extent, findings, keys, converted }) {
        const [before, rowsBefore] = [this.#extent, this.rows];
        this.#tally.add(findings, (place) => (0,record/* moveBehind */.eg)({ extent: before, rows: rowsBefore }, place));
        this.#keys.append(keys, this.#placedBy === 'text' ? before.lines : rowsBefore, rowsBefore);
        this.rows += rows;
        this.#badRows += badRows;
        this.#rejectedRows += rejectedRows;
        this.#extent = (0,record/* joinExtents */.AQ)(before, extent);
        if (converted !== undefined)
            this.#converted = addConverted(this.#converted, converted);
    }
    findings() {
        return {
            rows: this.rows,
            badRows: this.#badRows,
            rejectedRows: this.#rejectedRows,
            findings: this.#tally.findings(),
            keys: this.#keys.take(),
            converted: this.#converted,
        };
    }
}
function addConverted(before, more) {
    const counts = more.counts.map((count, at) => count + (before?.counts[at] ?? 0));
    return { rows: more.rows + (before?.rows ?? 0), counts };
}

;// CONCATENATED MODULE: ./build/formats/check.js









async function checkFile(file, { checker, signal, sending }) {
    const merged = new FileResult(formats/* FORMATS */.hR[file.shape.format].placedBy);
    const running = [];
    const over = new AbortController();
    const { name, write: take } = sending ?? { name: '', write: async () => undefined };
    const write = async (lines) => {
        await take(lines);
        lines.buffer.transfer(0);
    };
    try {
        for await (const slice of (0,formats/* fileSlices */.KM)({ ...file, buffers: checker.buffers })) {
            const last = running.at(-1);
            const turn = last === undefined ? Promise.resolve() : last.merged.promise;
            const spot = { name, rowsBefore: merged.rows };
            const inTurn = (lines) => (0,lib_async/* raceAbort */.Mu)(turn, over.signal).then(() => write(lines));
            const result = checker.check(slice, { read: (0,format/* bytesFrom */.s)(file.content), signal, spot, write: inTurn });
            result.catch(() => undefined);
            running.push({ result, merged: Promise.withResolvers() });
            if (running.length > checker.width)
                await mergeFirst();
        }
        while (running.length > 0)
            await mergeFirst();
    }
    finally {
        over.abort(new Error('Nobody takes these lines any more'));
        await Promise.allSettled(running.map(({ result }) => result));
    }
    return merged.findings();
    async function mergeFirst() {
        const [first] = running;
        if (first === undefined)
            return;
        const found = await first.result;
        void running.shift();
        if (found.kind === 'records' && found.lines !== undefined)
            await write(found.lines);
        merged.append(found);
        first.merged.resolve();
    }
}
async function checkSlice(slice, check, { read, spot, write }) {
    if (check.conversion !== undefined) {
        const conversion = check.conversion.begin(slice, spot);
        const inspector = new Inspector(conversion, { conversion, write });
        const found = inspector.result(await (0,formats/* readSlice */.Vw)(slice, inspector, read));
        const { lines, counts } = conversion;
        return { ...found, converted: { rows: lines.rows, counts }, lines: lines.take() };
    }
    if (slice.format !== 'parquet' || check.columns === undefined)
        return await checkRecords(slice, check, read);
    const { layout } = slice;
    return { kind: 'columns', layout, columns: await (0,columns/* checkColumns */.OT)(layout, columnChecks(layout, check), read) };
}
async function checkRecords(slice, check, read = readNothing) {
    const inspector = new Inspector(check);
    const extent = await (0,formats/* readSlice */.Vw)(slice, inspector, read);
    return inspector.result(extent);
}
async function readNothing() {
    throw new Error('The slice holds all of its bytes');
}
const KNOWN = new WeakMap();
function columnChecks({ file, tree }, check) {
    const known = KNOWN.get(check);
    if (known?.file === file)
        return known.checks;
    const checks = check.columns?.(tree) ?? { leaves: [], walks: [], key: undefined, size: undefined };
    KNOWN.set(check, { file, checks });
    return checks;
}
class Inspector {
    cells;
    counted;
    typedValues;
    #check;
    #tally = new tally/* Tally */.F0();
    #keys = new keys/* KeyList */.Cy();
    #rows = 0;
    #badRows = 0;
    #rejectedRows = 0;
    #isBad = false;
    #isRejected = false;
    #where;
    #converting;
    constructor(check, converting) {
        this.#check = check;
        this.#converting = converting;
        this.typedValues = check.typedValues;
        if (check.cells !== undefined)
            this.cells = this.#takeCells;
        if (check.ignoresCells)
            this.counted = (where) => this.#begin(where);
    }
    takeLine(line) {
        const { scan } = this.#check;
        if (scan === undefined)
            return -1;
        const end = scan.recognise(line.buffer, line.start);
        if (end < 0 || (scan.notes.length > 0 && !this.#countNotes(scan.notes, line)))
            return -1;
        this.#begin(line);
        const key = scan.key();
        if (key !== undefined)
            this.#keys.addQuoted(key, line.number);
        return end;
    }
    #countNotes(notes, line) {
        return this.#tally.countAll(notes, (index) => line.placeOfByte(notes.startOf(index)));
    }
    text(text, where) {
        this.#begin(where);
        try {
            this.#keep(this.#check.text(text, this.#report), where);
        }
        catch (error) {
            if (!(error instanceof SyntaxError))
                throw error;
            this.#countMalformed(text, where);
        }
    }
    value(value, where) {
        this.#begin(where);
        this.#keep(this.#check.value(value, this.#report, where), where);
    }
    #takeCells = (cells, where) => {
        this.#begin(where);
        this.#keep(this.#check.cells?.(cells, this.#report, where), where);
    };
    pause() {
        if (this.#converting === undefined)
            return undefined;
        const { conversion, write } = this.#converting;
        return conversion.lines.isFull ? write(conversion.lines.take()) : undefined;
    }
    corrupt(issue, where, rows = 1) {
        this.#begin(where);
        this.#report(this.#converting?.conversion.corrupt(issue, rows) ?? issue);
        this.#rows += rows - 1;
        this.#badRows += rows - 1;
        if (this.#isRejected)
            this.#rejectedRows += rows - 1;
    }
    result(extent) {
        return {
            kind: 'records',
            rows: this.#rows,
            badRows: this.#badRows,
            rejectedRows: this.#rejectedRows,
            extent,
            findings: this.#tally.findings(),
            keys: this.#keys.take(),
        };
    }
    #begin(where) {
        this.#where = where;
        this.#rows++;
        this.#isBad = false;
        this.#isRejected = false;
    }
    #keep(key, where) {
        if (key === undefined)
            return;
        const place = where.placeOf('');
        if (place.kind === 'row')
            this.#keys.add(key, place.row);
        else
            this.#keys.add(key, place.line, place.index);
    }
    #report = (issue) => {
        const where = this.#where;
        if (where === undefined)
            return;
        this.#blame(issue);
        this.#tally.count(issue, () => {
            const traced = this.#converting?.conversion.trace(issue) ?? issue;
            const { at = traced.path } = traced;
            return { issue: withoutAt(traced), place: where.placeOf(at) };
        });
    };
    #blame({ level, fate }) {
        if (level !== 'error')
            return;
        if (!this.#isBad)
            this.#badRows++;
        this.#isBad = true;
        if (fate === 'changed' || this.#isRejected)
            return;
        this.#isRejected = true;
        this.#rejectedRows++;
    }
    #countMalformed(text, where) {
        this.#blame(MALFORMED);
        this.#converting?.conversion.corrupt(MALFORMED, 1);
        this.#tally.count(MALFORMED, () => {
            const { issue, at } = (0,places/* brokenJson */.U)(text.replace(/^[ \t\r\n]+/, ''));
            return { issue, place: placeBehind(where.placeOf(''), at) };
        });
    }
}
function withoutAt(issue) {
    const { at, ...shown } = issue;
    return at === undefined ? issue : shown;
}
const MALFORMED = {
    code: 'corrupt-record',
    level: 'error',
    fate: 'rejected',
    path: '',
    expected: 'JSON',
    received: 'something else',
};
function placeBehind(start, at) {
    if (start.kind === 'row')
        return start;
    const behind = (0,record/* joinExtents */.AQ)({ lines: start.line - 1, columns: start.column - 1 }, at);
    return (0,record/* withIndex */.NH)((0,record/* placeAt */.BW)(behind), start.index);
}


/***/ }),

/***/ 8299:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ LineBuffer)
/* harmony export */ });
const STRING_LENGTH = 1 << 14;
const MOST_BYTES = 4 * 1024 * 1024;
const ROOM_BYTES = MOST_BYTES + 3 * STRING_LENGTH;
const ENCODER = new TextEncoder();
class LineBuffer {
    rows = 0;
    #text = '';
    #bytes = new Uint8Array(0);
    #used = 0;
    add(line) {
        this.rows++;
        this.#text += `${line}\n`;
        if (this.#text.length >= STRING_LENGTH)
            this.#encode();
    }
    get isFull() {
        return this.#used >= MOST_BYTES;
    }
    take() {
        this.#encode();
        const taken = this.#bytes.subarray(0, this.#used);
        this.#bytes = new Uint8Array(0);
        this.#used = 0;
        return taken;
    }
    #encode() {
        if (this.#text === '')
            return;
        const most = this.#used + 3 * this.#text.length;
        if (most > this.#bytes.length)
            this.#enlarge(Math.max(most, ROOM_BYTES));
        this.#used += ENCODER.encodeInto(this.#text, this.#bytes.subarray(this.#used)).written;
        this.#text = '';
    }
    #enlarge(length) {
        this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(length));
    }
}


/***/ }),

/***/ 669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D7: () => (/* binding */ firstRecordEnd),
/* harmony export */   kT: () => (/* binding */ CsvText),
/* harmony export */   sL: () => (/* binding */ loneReturnEnd)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4869);

class CsvText {
    text;
    #dialect;
    #lineEnd;
    #feed;
    #inQuotes;
    #escapes;
    #quote;
    #delimiter;
    #count = 0;
    constructor(text, dialect, lineEnd) {
        const [quote, escape] = [toPattern(dialect.quote), toPattern(dialect.escape)];
        this.text = text;
        this.#dialect = dialect;
        this.#lineEnd = lineEnd;
        this.#feed = new Mark(text, lineEnd === 'feed' ? '\n' : '\r');
        this.#inQuotes = new RegExp(`${quote}|${escape}`, 'g');
        this.#escapes = new RegExp(`${escape}(${quote}|${escape})`, 'g');
        this.#quote = new Mark(text, dialect.quote);
        this.#delimiter = new Mark(text, dialect.delimiter);
    }
    static ofBytes(bytes, { delimiter, quote, escape }) {
        const marks = { delimiter: toLatin1(delimiter), quote: toLatin1(quote), escape: toLatin1(escape) };
        return new CsvText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), marks, 'feed');
    }
    field(at) {
        if (!this.#quote.standsAt(at))
            return this.#plainField(at);
        const end = this.#quotedEnd(at);
        return typeof end === 'number' ? { kind: 'field', text: this.#unquote(at, end), end } : end;
    }
    cells(start) {
        const cells = new Array(this.#count);
        const next = this.#readFields(start, cells);
        if (typeof next !== 'number')
            return next;
        if (this.#count < cells.length)
            cells.length = this.#count;
        return { kind: 'cells', cells, next };
    }
    countCells(start) {
        const next = this.#readFields(start, undefined);
        return typeof next === 'number' ? { kind: 'counted', count: this.#count, next } : next;
    }
    #readFields(start, cells) {
        const { text } = this;
        const [delimiter, feed, quote] = [this.#delimiter, this.#feed, this.#quote];
        const highest = Math.max(delimiter.unit, feed.unit, quote.unit);
        let count = 0;
        let from = start;
        for (let at = start; at < text.length; at++) {
            const unit = text.charCodeAt(at);
            if (unit > highest)
                continue;
            if (delimiter.isAt(at, unit)) {
                if (cells !== undefined)
                    cells[count] = text.slice(from, at);
                count++;
                from = at + delimiter.length;
                at = from - 1;
            }
            else if (quote.isAt(at, unit)) {
                if (at > from)
                    return { kind: 'misplaced', at };
                const end = this.#quotedEnd(at);
                if (typeof end !== 'number')
                    return end;
                if (cells !== undefined)
                    cells[count] = this.#unquote(at, end);
                this.#count = ++count;
                if (!delimiter.standsAt(end))
                    return end + this.lineEndLength(end);
                from = end + delimiter.length;
                at = from - 1;
            }
            else if (feed.isAt(at, unit)) {
                if (cells !== undefined)
                    cells[count] = text.slice(from, this.#isReturnBefore(at) ? at - 1 : at);
                this.#count = count + 1;
                return at + feed.length;
            }
        }
        if (cells !== undefined)
            cells[count] = text.slice(from);
        this.#count = count + 1;
        return text.length;
    }
    recordEnd(start) {
        for (let at = start;;) {
            const end = this.#fieldEnd(at);
            if (end >= this.text.length)
                return undefined;
            if (this.#feed.standsAt(end))
                return end + this.#feed.length;
            at = end + this.#delimiter.length;
        }
    }
    isDelimiter(at) {
        return this.#delimiter.standsAt(at);
    }
    nextLine(at) {
        return Math.min(this.#feed.next(at) + this.#feed.length, this.text.length);
    }
    lineEndLength(at) {
        const unit = this.text.charCodeAt(at);
        if (unit !== _lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .LINE_FEED */ .kR && unit !== _lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .CARRIAGE_RETURN */ .u7)
            return 0;
        if (this.#feed.standsAt(at))
            return this.#feed.length;
        return this.#lineEnd === 'feed' && this.text.startsWith('\r\n', at) ? 2 : 0;
    }
    #plainField(at) {
        const end = Math.min(this.#delimiter.next(at), this.#feed.next(at));
        const quote = this.text.slice(at, end).indexOf(this.#dialect.quote);
        if (quote !== -1)
            return { kind: 'misplaced', at: at + quote };
        const textEnd = end > at && this.#isReturnBefore(end) ? end - 1 : end;
        return { kind: 'field', text: this.text.slice(at, textEnd), end: textEnd };
    }
    #fieldEnd(at) {
        const from = this.#quote.standsAt(at) ? this.#behindQuotes(at) : at;
        return Math.min(this.#delimiter.next(from), this.#feed.next(from));
    }
    #isReturnBefore(end) {
        const isLineEnd = this.#lineEnd === 'feed' && this.text.charCodeAt(end) === _lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .LINE_FEED */ .kR;
        return isLineEnd && this.text.charCodeAt(end - 1) === _lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .CARRIAGE_RETURN */ .u7;
    }
    #quotedEnd(open) {
        const close = this.#closingQuote(open + this.#quote.length);
        if (close === undefined)
            return { kind: 'open' };
        const end = close + this.#quote.length;
        const isEnd = this.#delimiter.standsAt(end) || end >= this.text.length || this.lineEndLength(end) > 0;
        return isEnd ? end : { kind: 'misplaced', at: close };
    }
    #behindQuotes(open) {
        const close = this.#closingQuote(open + this.#quote.length);
        return close === undefined ? this.text.length : close + this.#quote.length;
    }
    #unquote(open, end) {
        const { quote, escape } = this.#dialect;
        const raw = this.text.slice(open + quote.length, end - quote.length);
        if (!raw.includes(escape))
            return raw;
        return quote === escape ? raw.replaceAll(`${quote}${quote}`, () => quote) : raw.replace(this.#escapes, '$1');
    }
    #closingQuote(from) {
        const { quote, escape } = this.#dialect;
        return quote === escape ? this.#undoubledQuote(from) : this.#unescapedQuote(from);
    }
    #undoubledQuote(from) {
        const { quote } = this.#dialect;
        let at = this.text.indexOf(quote, from);
        while (at !== -1 && this.#quote.standsAt(at + quote.length))
            at = this.text.indexOf(quote, at + 2 * quote.length);
        return at === -1 ? undefined : at;
    }
    #unescapedQuote(from) {
        const { escape } = this.#dialect;
        this.#inQuotes.lastIndex = from;
        for (let mark = this.#inQuotes.exec(this.text); mark !== null; mark = this.#inQuotes.exec(this.text)) {
            if (mark[0] !== escape)
                return mark.index;
            this.#inQuotes.lastIndex = mark.index + escape.length + 1;
        }
        return undefined;
    }
}
class Mark {
    unit;
    length;
    #text;
    #mark;
    #from = 0;
    #found = -1;
    constructor(text, mark) {
        this.unit = mark.charCodeAt(0);
        this.length = mark.length;
        this.#text = text;
        this.#mark = mark;
    }
    standsAt(at) {
        return this.isAt(at, this.#text.charCodeAt(at));
    }
    isAt(at, unit) {
        return unit === this.unit && (this.length === 1 || this.#text.startsWith(this.#mark, at));
    }
    next(at) {
        if (at >= this.#from && at <= this.#found)
            return this.#found;
        const found = this.#text.indexOf(this.#mark, at);
        this.#from = at;
        this.#found = found === -1 ? this.#text.length : found;
        return this.#found;
    }
}
function toLatin1(mark) {
    return Buffer.from(mark).toString('latin1');
}
function toPattern(mark) {
    return Array.from({ length: mark.length }, (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}
function firstRecordEnd(bytes, dialect) {
    return CsvText.ofBytes(bytes, dialect).recordEnd(0) ?? 0;
}
function loneReturnEnd(text, dialect) {
    const behindFeed = new CsvText(text, dialect, 'feed').recordEnd(0) ?? text.length + 1;
    const end = new CsvText(text.slice(0, behindFeed - 1), dialect, 'return').recordEnd(0);
    return end === behindFeed - 1 && text[end] === '\n' ? undefined : end;
}


/***/ }),

/***/ 5698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HQ: () => (/* binding */ CsvRecords),
/* harmony export */   Nb: () => (/* binding */ readCsv),
/* harmony export */   Z3: () => (/* binding */ rowOfCells)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4573);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4869);
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8908);
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4386);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(669);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1242);






function readCsv(bytes, layout, sink) {
    const reader = new CsvReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), layout, sink);
    return reader.readAll();
}
const DECODED_BYTES = 1 << 16;
class CsvReader {
    #buffer;
    #isUtf8;
    #isCounting;
    #layout;
    #sink;
    #text = '';
    #from = 0;
    #end = 0;
    #records;
    #extent = _record_js__WEBPACK_IMPORTED_MODULE_2__/* .NOTHING */ .K$;
    #measured = 0;
    constructor(buffer, layout, sink) {
        this.#buffer = buffer;
        this.#isUtf8 = (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(buffer);
        this.#isCounting = sink.counted !== undefined && this.#isUtf8;
        this.#layout = layout;
        this.#sink = sink;
        this.#records = this.#decodeTo(endOfLine(buffer, DECODED_BYTES), 0);
    }
    readAll() {
        if (this.#layout.hasHeader)
            this.#next();
        return this.#readOn();
    }
    rawText() {
        return this.#records.text();
    }
    #readOn() {
        for (let record = this.#next(); record.kind !== 'end'; record = this.#next()) {
            if (record.kind === 'misquoted')
                this.#sink.corrupt(MISQUOTED, this);
            else if (record.kind === 'counted')
                this.#countRow(record.count);
            else
                this.#handRow(record.cells);
            const pause = this.#sink.pause?.();
            if (pause !== undefined)
                return pause.then(() => this.#readOn());
        }
        return this.#extentTo(this.#text.length);
    }
    #next() {
        for (;;) {
            const record = this.#isCounting ? this.#records.count() : this.#records.next();
            const isOpen = record.kind === 'misquoted' && record.quote.kind === 'open';
            if ((record.kind !== 'end' && !isOpen) || this.#end === this.#buffer.length)
                return record;
            if (record.kind === 'end')
                this.#decodeNext();
            else
                this.#records = this.#decodeTo(this.#buffer.length, this.#records.start);
        }
    }
    #decodeNext() {
        this.#extentTo(this.#text.length);
        this.#measured = 0;
        this.#from = this.#end;
        this.#records = this.#decodeTo(endOfLine(this.#buffer, this.#from + DECODED_BYTES), 0);
    }
    #decodeTo(end, start) {
        this.#end = end;
        this.#text = this.#buffer.toString('utf8', this.#from, end);
        const records = new CsvRecords(this.#text, this.#layout.dialect);
        records.skipTo(start);
        return records;
    }
    placeOf(pointer) {
        const [name = ''] = (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointerSegments */ .c)(pointer);
        const record = this.#extentTo(this.#records.start);
        const cell = this.#records.startOf(Math.max(0, this.#layout.header.indexOf(name)));
        return (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .placeAt */ .BW)((0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .joinExtents */ .AQ)(record, (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .extentOf */ .OY)(this.#text.slice(this.#records.start, cell))));
    }
    #countRow(count) {
        const { length } = this.#layout.header;
        if (count === length)
            this.#sink.counted?.(this);
        else
            this.#sink.corrupt(raggedRow(length, count), this);
    }
    #handRow(cells) {
        const { header } = this.#layout;
        if (!this.#isUtf8 && cells.some((cell) => cell.includes('\ufffd')))
            this.#sink.corrupt(_record_js__WEBPACK_IMPORTED_MODULE_2__/* .NOT_UTF8 */ .mM, this);
        else if (cells.length !== header.length)
            this.#sink.corrupt(raggedRow(header.length, cells.length), this);
        else if (this.#sink.cells !== undefined)
            this.#sink.cells(cells, this);
        else
            this.#sink.value(rowOfCells(header, cells), this);
    }
    #extentTo(end) {
        this.#extent = (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .joinExtents */ .AQ)(this.#extent, (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .extentOf */ .OY)(this.#text.slice(this.#measured, end)));
        this.#measured = end;
        return this.#extent;
    }
}
function endOfLine(buffer, from) {
    const feed = from < buffer.length ? buffer.indexOf(_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .LINE_FEED */ .kR, from) : -1;
    return feed === -1 ? buffer.length : feed + 1;
}
function rowOfCells(header, cells) {
    const value = {};
    for (let at = 0; at < header.length; at++) {
        const cell = cells[at] ?? '';
        if (cell !== '')
            (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .setOwn */ .P5)(value, header[at] ?? '', cell);
    }
    return value;
}
const MISQUOTED = {
    code: 'corrupt-record',
    level: 'error',
    fate: 'changed',
    path: '',
    expected: 'quotes around whole fields, doubled or escaped inside',
    received: 'a misplaced quote, or one that is not closed',
};
function raggedRow(expected, received) {
    return {
        code: 'ragged-row',
        level: 'error',
        fate: 'changed',
        path: '',
        expected: countColumns(expected),
        received: countColumns(received),
    };
}
function countColumns(count) {
    return count === 1 ? '1 column' : `${count} columns`;
}
class CsvRecords {
    start = 0;
    #csv;
    #dialect;
    #next = 0;
    constructor(text, dialect, lineEnd = 'feed') {
        this.#csv = new _grammar_js__WEBPACK_IMPORTED_MODULE_5__/* .CsvText */ .kT(text, dialect, lineEnd);
        this.#dialect = dialect;
    }
    next() {
        this.start = this.#skipEmptyLines(this.#next);
        if (this.start >= this.#csv.text.length)
            return { kind: 'end' };
        const record = this.#csv.cells(this.start);
        if (record.kind !== 'cells')
            return this.#skipLine(record);
        this.#next = record.next;
        return { kind: 'cells', cells: record.cells };
    }
    count() {
        this.start = this.#skipEmptyLines(this.#next);
        if (this.start >= this.#csv.text.length)
            return { kind: 'end' };
        const record = this.#csv.countCells(this.start);
        if (record.kind !== 'counted')
            return this.#skipLine(record);
        this.#next = record.next;
        return record;
    }
    #skipLine(quote) {
        this.#next = this.#csv.nextLine(this.start);
        return { kind: 'misquoted', quote };
    }
    skipTo(at) {
        this.#next = at;
    }
    text() {
        return this.#csv.text.slice(this.start, this.#next).replace(/\r?\n$/, '');
    }
    startOf(index) {
        let at = this.start;
        for (let before = 0; before < index; before++) {
            const field = this.#csv.field(at);
            if (field.kind !== 'field' || !this.#csv.isDelimiter(field.end))
                return this.start;
            at = field.end + this.#dialect.delimiter.length;
        }
        return at;
    }
    #skipEmptyLines(from) {
        let at = from;
        for (let length = this.#csv.lineEndLength(at); length > 0; length = this.#csv.lineEndLength(at))
            at += length;
        return at;
    }
}


/***/ }),

/***/ 5711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  hR: () => (/* binding */ FORMATS),
  BU: () => (/* binding */ FORMAT_NAMES),
  KM: () => (/* binding */ fileSlices),
  gj: () => (/* binding */ formatOfPath),
  Lq: () => (/* binding */ lacksColumn),
  Vw: () => (/* binding */ readSlice),
  DQ: () => (/* binding */ splitRecords),
  fS: () => (/* binding */ summarise)
});

// EXTERNAL MODULE: ./build/formats/csv/grammar.js
var grammar = __nccwpck_require__(669);
// EXTERNAL MODULE: ./build/formats/csv/records.js
var csv_records = __nccwpck_require__(5698);
// EXTERNAL MODULE: ./build/formats/refusal.js
var refusal = __nccwpck_require__(399);
// EXTERNAL MODULE: ./build/formats/slices.js
var slices = __nccwpck_require__(9164);
// EXTERNAL MODULE: ./build/lib/content.js
var lib_content = __nccwpck_require__(3361);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
;// CONCATENATED MODULE: ./build/formats/csv/header.js






const FIRST_LOOK_BYTES = 1 << 16;
const LAST_LOOK_BYTES = slices/* LONGEST_RECORD_BYTES */.Le;
async function readHeader(content, dialect) {
    for (let bytes = FIRST_LOOK_BYTES;; bytes *= 16) {
        const head = await (0,lib_content/* readAll */.yw)(content.slice(0, Math.min(bytes, LAST_LOOK_BYTES, content.size)));
        const seen = readHead(head, dialect);
        const mayGoOn = seen.kind === 'header' || seen.kind === 'open';
        if (!mayGoOn || head.length === content.size)
            return judge(head, seen, dialect);
        if (bytes >= LAST_LOOK_BYTES)
            return refuseLong(head, dialect);
    }
}
function refuseLong(head, dialect) {
    const alien = notCsv(head, dialect);
    return alien === undefined ? (0,refusal/* refuseContent */.y1)('first-record-too-long') : (0,refusal/* refuseContent */.y1)('not-csv', { found: alien });
}
function readHead(head, dialect) {
    const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString();
    const returnEnd = (0,grammar/* loneReturnEnd */.sL)(text, dialect);
    const records = new csv_records/* CsvRecords */.HQ(text, dialect, returnEnd === undefined ? 'feed' : 'return');
    const header = records.next();
    if (header.kind === 'misquoted')
        return headOfQuote(header.quote, text);
    const first = records.next();
    if (first.kind === 'misquoted')
        return headOfQuote(first.quote, text);
    return {
        kind: first.kind === 'end' ? 'header' : 'records',
        header: header.kind === 'end' ? [] : header.cells,
        endsByReturn: returnEnd !== undefined && returnEnd < text.length,
    };
}
function headOfQuote(quote, text) {
    if (quote.kind === 'open')
        return quote;
    return { kind: 'malformed', line: text.slice(0, quote.at).split(/\r\n|\n|\r/).length };
}
function judge(head, seen, dialect) {
    const alien = notCsv(head, dialect);
    if (alien !== undefined)
        return (0,refusal/* refuseContent */.y1)('not-csv', { found: alien });
    if (seen.kind === 'malformed')
        return (0,refusal/* refuseContent */.y1)('malformed-csv', { found: `a misplaced quote in line ${seen.line}` });
    if (seen.kind === 'open')
        return (0,refusal/* refuseContent */.y1)('unclosed-quote', { found: 'its header or first record' });
    const wrong = refuseHeader(head, seen);
    return wrong ?? { format: 'csv', header: seen.header, dialect };
}
function notCsv(head, { delimiter, quote, escape }) {
    const text = Buffer.from(head.subarray(0, 512)).toString('latin1');
    if (/^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(text))
        return 'JSON';
    const own = [delimiter, quote, escape];
    const controls = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g) ?? [];
    return controls.some((sign) => !own.includes(sign)) ? 'binary bytes' : undefined;
}
function refuseHeader(head, { kind, header, endsByReturn }) {
    if (header.length === 0)
        return (0,refusal/* refuseContent */.y1)('no-records');
    if (isLineEnd(head[0]) || header.some((name) => name.trim() === ''))
        return (0,refusal/* refuseContent */.y1)('empty-header');
    const twins = findTwins(header);
    if (endsByReturn)
        return (0,refusal/* refuseContent */.y1)('bare-return');
    if (twins !== undefined)
        return (0,refusal/* refuseContent */.y1)('duplicate-header', { found: `columns ${twins.join(' and ')}` });
    return kind === 'header' ? (0,refusal/* refuseContent */.y1)('header-only') : undefined;
}
function findTwins(header) {
    const seen = new Map();
    for (const [at, name] of header.entries()) {
        const first = seen.get(name);
        if (first !== undefined)
            return [first + 1, at + 1];
        seen.set(name, at);
    }
    return undefined;
}
function isLineEnd(byte) {
    return byte === lib_text/* LINE_FEED */.kR || byte === lib_text/* CARRIAGE_RETURN */.u7;
}

;// CONCATENATED MODULE: ./build/formats/csv/line-ends.js

class UnevenLineEnd extends Error {
    name = 'UnevenLineEnd';
    code;
    offset;
    constructor(code, offset) {
        super(`${code} at byte ${offset}`);
        this.code = code;
        this.offset = offset;
    }
}
const MOST_REST = 64;
class LineEndGuard {
    #delimiter;
    #quote;
    #escape;
    #isDoubled;
    #bytes = new Uint8Array(0);
    #room = new Uint8Array(0);
    #at = 0;
    #offset = 0;
    #mayEndInside;
    #opened;
    #endInside;
    constructor({ delimiter, quote, escape }, mayEndInside = false) {
        this.#mayEndInside = mayEndInside;
        this.#delimiter = Buffer.from(delimiter);
        this.#quote = Buffer.from(quote);
        this.#escape = Buffer.from(escape);
        this.#isDoubled = quote === escape;
    }
    write(chunk) {
        const dropped = Math.max(0, this.#at - this.#delimiter.length);
        this.#bytes = this.#join(this.#bytes.subarray(dropped), chunk);
        this.#at -= dropped;
        this.#offset += dropped;
        const most = Math.max(this.#quote.length, this.#escape.length) + this.#quote.length;
        const end = this.#bytes.length - most;
        if (this.#opened === undefined && this.#isPlain())
            this.#at = Math.max(this.#at, end);
        else
            this.#lookTo(end);
    }
    #isPlain() {
        const rest = this.#bytes.subarray(this.#at);
        return !rest.includes(this.#quote[0] ?? 0) && !rest.includes(lib_text/* CARRIAGE_RETURN */.u7);
    }
    end() {
        this.#lookTo(this.#bytes.length);
        if (this.#opened !== undefined)
            throw new UnevenLineEnd('quote-left-open', this.#opened);
    }
    #join(rest, chunk) {
        const length = rest.length + chunk.length;
        const room = length <= this.#room.length ? this.#room : new Uint8Array(length + MOST_REST);
        room.set(rest);
        room.set(chunk, rest.length);
        this.#room = room;
        return room.subarray(0, length);
    }
    #lookTo(end) {
        while (this.#at < end) {
            if (this.#opened === undefined)
                this.#lookOutside(end);
            else
                this.#lookInside(end);
        }
    }
    #lookOutside(end) {
        const [bytes, quote] = [this.#bytes, this.#quote[0]];
        for (let at = this.#at; at < end; at++) {
            const byte = bytes[at];
            if (byte === lib_text/* CARRIAGE_RETURN */.u7 && bytes[at + 1] !== lib_text/* LINE_FEED */.kR) {
                throw new UnevenLineEnd('return-in-rows', this.#offset + at);
            }
            if (byte !== quote || !standsAt(bytes, at, this.#quote) || !this.#beginsField(at))
                continue;
            this.#opened = this.#offset + at;
            this.#at = at + this.#quote.length;
            return;
        }
        this.#at = end;
    }
    #lookInside(end) {
        const [bytes, quote, escape] = [this.#bytes, this.#quote[0], this.#escape[0]];
        let at = this.#at;
        while (at < end) {
            const byte = bytes[at];
            if (byte === lib_text/* LINE_FEED */.kR || byte === lib_text/* CARRIAGE_RETURN */.u7)
                this.#endInside ??= this.#offset + at;
            if (byte === escape && this.#escapes(at))
                at = this.#behindEscape(at);
            else if (byte === quote && standsAt(bytes, at, this.#quote)) {
                this.#at = at + this.#quote.length;
                return this.#close();
            }
            else
                at++;
        }
        this.#at = at;
    }
    #escapes(at) {
        const isEscape = standsAt(this.#bytes, at, this.#escape);
        return isEscape && (!this.#isDoubled || standsAt(this.#bytes, at + this.#escape.length, this.#quote));
    }
    #behindEscape(at) {
        const escaped = at + this.#escape.length;
        const byte = this.#bytes[escaped];
        if (byte === lib_text/* LINE_FEED */.kR || byte === lib_text/* CARRIAGE_RETURN */.u7)
            this.#endInside ??= this.#offset + escaped;
        return escaped + 1;
    }
    #close() {
        if (this.#endInside !== undefined && !this.#mayEndInside)
            throw new UnevenLineEnd('line-end-in-quotes', this.#endInside);
        this.#opened = this.#endInside = undefined;
    }
    #beginsField(at) {
        if (this.#offset + at === 0 || this.#bytes[at - 1] === lib_text/* LINE_FEED */.kR)
            return true;
        const from = at - this.#delimiter.length;
        return from >= 0 && standsAt(this.#bytes, from, this.#delimiter);
    }
}
function standsAt(bytes, at, mark) {
    for (let index = 0; index < mark.length; index++)
        if (bytes[at + index] !== mark[index])
            return false;
    return true;
}

;// CONCATENATED MODULE: ./build/formats/csv/record-ends.js

function lastRecordEnd(bytes, dialect) {
    const block = new MarkedBlock(bytes, dialect);
    let end = 0;
    for (let at = block.nextMark(0); at < bytes.length;) {
        if (bytes[at] === lib_text/* LINE_FEED */.kR)
            end = ++at;
        else
            at = block.opensField(at, end) ? block.behindQuotes(at) : at + 1;
        at = block.nextMark(at);
    }
    return end;
}
const WORD_BYTES = 4;
class MarkedBlock {
    #bytes;
    #view;
    #delimiter;
    #quote;
    #escape;
    #isDoubled;
    constructor(bytes, { delimiter, quote, escape }) {
        this.#bytes = bytes;
        this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        this.#delimiter = Buffer.from(delimiter);
        this.#quote = Buffer.from(quote);
        this.#escape = Buffer.from(escape);
        this.#isDoubled = quote === escape;
    }
    nextMark(from) {
        const quote = this.#quote[0] ?? 0;
        for (let at = from;; at++) {
            at = nextOf(this.#view, at, { one: quote, other: lib_text/* LINE_FEED */.kR });
            const isMark = at >= this.#bytes.length || this.#bytes[at] === lib_text/* LINE_FEED */.kR || this.#standsAt(at, this.#quote);
            if (isMark)
                return at;
        }
    }
    opensField(at, start) {
        if (at === start)
            return true;
        const from = at - this.#delimiter.length;
        return from >= start && this.#standsAt(from, this.#delimiter);
    }
    behindQuotes(open) {
        const marks = { one: this.#quote[0] ?? 0, other: this.#escape[0] ?? 0 };
        const length = this.#quote.length;
        for (let at = open + length;;) {
            at = nextOf(this.#view, at, marks);
            if (at >= this.#bytes.length)
                return at;
            if (this.#standsAt(at, this.#quote)) {
                if (!this.#isDoubled || !this.#standsAt(at + length, this.#quote))
                    return at + length;
                at += 2 * length;
            }
            else
                at += this.#standsAt(at, this.#escape) ? this.#escape.length + 1 : 1;
        }
    }
    #standsAt(at, mark) {
        for (let index = 0; index < mark.length; index++)
            if (this.#bytes[at + index] !== mark[index])
                return false;
        return true;
    }
}
function nextOf(view, from, { one, other }) {
    const [ones, others] = [Math.imul(one, 0x01010101), Math.imul(other, 0x01010101)];
    const last = view.byteLength - WORD_BYTES;
    let at = from;
    for (; at <= last; at += WORD_BYTES) {
        const word = view.getInt32(at, true);
        const [first, second] = [word ^ ones, word ^ others];
        const hit = (((first - 0x01010101) & ~first) | ((second - 0x01010101) & ~second)) & 0x80808080;
        if (hit !== 0)
            return at + ((31 - Math.clz32(hit & -hit)) >> 3);
    }
    while (at < view.byteLength && view.getUint8(at) !== one && view.getUint8(at) !== other)
        at++;
    return Math.min(at, view.byteLength);
}

;// CONCATENATED MODULE: ./build/formats/format.js

async function readForAll(content, shape, { onBytes, read = readToEnd, see }) {
    const seen = (0,lib_content/* observe */.lB)(content, async (chunk) => {
        onBytes?.(chunk);
        await see?.(chunk);
    });
    await read(seen, shape);
}
async function readToEnd(content) {
    for await (const _ of content.bytes())
        ;
}

// EXTERNAL MODULE: ./build/formats/record.js
var record = __nccwpck_require__(1242);
;// CONCATENATED MODULE: ./build/formats/csv/format.js










const csvFormat = {
    extensions: ['.csv'],
    placedBy: 'text',
    isJoinedByLines: false,
    isReadApart: false,
    isUntyped: true,
    summarise: summariseCsv,
    slices: csvSlices,
    readSlice: ({ bytes, layout }, sink) => (0,csv_records/* readCsv */.Nb)(bytes, layout, sink),
    split: splitCsv,
    lacksColumn: ({ header }, path) => path.length === 1 && !header.includes(path[0] ?? ''),
    shown: { areValuesTexts: true, areMomentsRespelled: false, isCorruptText: false },
    inputFormat: ({ dialect }) => ({ format: 'csv', ...dialect, header: true, charset: 'UTF-8' }),
};
async function summariseCsv({ content }, options) {
    const shape = await readHeader(content, options.dialect);
    if (!('format' in shape))
        return shape;
    const guard = new LineEndGuard(options.dialect, options.isConverted);
    try {
        await readForAll(content, shape, { ...options, see: (chunk) => guard.write(chunk) });
        guard.end();
    }
    catch (error) {
        if (!(error instanceof UnevenLineEnd))
            throw error;
        return (0,refusal/* refuseContent */.y1)(error.code, { place: await (0,record/* placeOfByte */.hf)(content, error.offset) });
    }
    return { kind: 'records', rows: undefined, shape, isMultiLine: false, isRewritten: false };
}
async function* csvSlices(content, { header, dialect }, options) {
    let hasHeader = true;
    for await (const bytes of (0,slices/* slices */.wc)(content, { cut: cutCsv(dialect), ...options })) {
        yield { format: 'csv', bytes, layout: { header, dialect, hasHeader } };
        hasHeader = false;
    }
}
function cutCsv(dialect) {
    return (block) => lastRecordEnd(block, dialect);
}
async function splitCsv(content, { dialect }, { mostBytes, signal }) {
    const header = content.slice(0, await headerBytes(content, dialect));
    const splitting = { cut: cutCsv(dialect), mostBytes: mostBytes - header.size, signal };
    const chunks = (0,slices/* cutAt */.og)(content, await (0,slices/* splitPoints */.kn)(content, splitting));
    return header.size === 0 ? [] : chunks.map((chunk, index) => (index === 0 ? chunk : (0,lib_content/* joinedContent */.rL)([header, chunk])));
}
const LONGEST_HEADER_BYTES = 1 << 24;
async function headerBytes(content, dialect) {
    return (0,grammar/* firstRecordEnd */.D7)(await (0,lib_content/* readAll */.yw)(content.slice(0, Math.min(LONGEST_HEADER_BYTES, content.size))), dialect);
}

// EXTERNAL MODULE: ./build/formats/json/compactor.js
var json_compactor = __nccwpck_require__(5090);
// EXTERNAL MODULE: ./build/formats/json/grammar.js
var json_grammar = __nccwpck_require__(3579);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __nccwpck_require__(4573);
// EXTERNAL MODULE: ./build/formats/json/places.js
var places = __nccwpck_require__(4432);
;// CONCATENATED MODULE: ./build/formats/json/records.js





function readJsonLines(bytes, sink) {
    const lines = new Lines(bytes, sink);
    return readOn(0);
    function readOn(from) {
        for (let at = from; at < bytes.length;) {
            at = lines.read(at);
            const pause = sink.pause?.();
            if (pause !== undefined)
                return pause.then(() => readOn(at));
        }
        return lines.extent;
    }
}
class Lines {
    buffer;
    start = 0;
    end = 0;
    #sink;
    #isUtf8;
    #lastFeed;
    #line = 0;
    #columns = 0;
    #places;
    constructor(bytes, sink) {
        this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        this.#sink = sink;
        this.#isUtf8 = (0,external_node_buffer_.isUtf8)(bytes);
        this.#lastFeed = this.buffer.lastIndexOf(lib_text/* LINE_FEED */.kR);
    }
    get extent() {
        return { lines: this.#line, columns: this.#columns };
    }
    get number() {
        return this.#line + 1;
    }
    placeOf(pointer) {
        const isAtStart = pointer === '' && this.buffer[this.start] === lib_text/* OPEN_BRACE */.Hv;
        if (isAtStart)
            return (0,record/* placeAt */.BW)({ lines: this.#line, columns: 0 });
        this.#places ??= new places/* JsonPlaces */.d(this.#text());
        return (0,record/* placeAt */.BW)((0,record/* joinExtents */.AQ)({ lines: this.#line, columns: 0 }, this.#places.of(pointer)));
    }
    placeOfByte(at) {
        return (0,record/* placeAt */.BW)({ lines: this.#line, columns: this.buffer.toString('utf8', this.start, at).length });
    }
    read(from) {
        this.#places = undefined;
        this.start = from;
        const mayTake = this.#isUtf8 && from <= this.#lastFeed;
        const taken = mayTake ? (this.#sink.takeLine?.(this) ?? -1) : -1;
        if (taken >= 0) {
            this.#line++;
            return taken + 1;
        }
        const feed = this.buffer.indexOf(lib_text/* LINE_FEED */.kR, from);
        this.end = feed === -1 ? this.buffer.length : feed;
        this.#handText();
        if (feed === -1)
            this.#columns = this.#text().length;
        else
            this.#line++;
        return this.end + 1;
    }
    #handText() {
        const text = this.#text();
        if (!this.#isUtf8 && !(0,external_node_buffer_.isUtf8)(this.buffer.subarray(this.start, this.end)))
            this.#sink.corrupt(record/* NOT_UTF8 */.mM, this);
        else if (!isBlank(text))
            this.#sink.text(text, this);
    }
    #text() {
        return this.buffer.toString('utf8', this.start, this.end);
    }
}
function isBlank(text) {
    return text[0] !== '{' && /^[ \t\r]*$/.test(text);
}
function scanObjects(bytes, onObject) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let depth = 0;
    let start = bytes.length;
    for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at];
        if (byte === lib_text/* QUOTE */.jA)
            at = closingQuote(bytes, view, at + 1);
        else if (byte === lib_text/* OPEN_BRACE */.Hv || (byte === lib_text/* OPEN_BRACKET */.WL && depth > 0)) {
            if (depth++ === 0)
                start = at;
        }
        else if ((byte === lib_text/* CLOSE_BRACE */.rc || byte === lib_text/* CLOSE_BRACKET */.wt) && depth > 0 && --depth === 0) {
            onObject(start, at + 1);
            start = bytes.length;
        }
    }
    return start;
}
function closingQuote(bytes, view, from) {
    let at = from;
    while ((at = (0,json_compactor/* skipPlain */.U)(bytes, view, at)) < bytes.length && bytes[at] !== lib_text/* QUOTE */.jA) {
        at += bytes[at] === lib_text/* BACKSLASH */.r_ ? 2 : 1;
    }
    return at;
}
function readJsonObjects(bytes, isArray, sink) {
    const where = new Objects(bytes, isArray);
    const bounds = [];
    const end = scanObjects(bytes, (start, stop) => void bounds.push(start, stop));
    return readOn(0);
    function readOn(from) {
        for (let next = from; next < bounds.length; next += 2) {
            if (where.moveTo(bounds[next] ?? 0, bounds[next + 1] ?? 0))
                sink.text(where.text, where);
            else
                sink.corrupt(record/* NOT_UTF8 */.mM, where);
            const pause = sink.pause?.();
            if (pause !== undefined)
                return pause.then(() => readOn(next + 2));
        }
        if (end < bytes.length) {
            where.moveTo(end, bytes.length);
            sink.corrupt((0,places/* brokenJson */.U)(where.text).issue, where);
        }
        return where.extentTo(bytes.length);
    }
}
class Objects {
    text = '';
    #places;
    #buffer;
    #start = 0;
    #extent = record/* NOTHING */.K$;
    #measured = 0;
    #index = -1;
    #isArray;
    constructor(bytes, isArray) {
        this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        this.#isArray = isArray;
    }
    moveTo(start, end) {
        this.#places = undefined;
        this.#start = start;
        this.#index++;
        this.text = this.#buffer.toString('utf8', start, end);
        return !this.text.includes('\ufffd') || (0,external_node_buffer_.isUtf8)(this.#buffer.subarray(start, end));
    }
    placeOf(pointer) {
        this.#places ??= new places/* JsonPlaces */.d(this.text);
        const place = (0,record/* placeAt */.BW)((0,record/* joinExtents */.AQ)(this.extentTo(this.#start), this.#places.of(pointer)));
        return (0,record/* withIndex */.NH)(place, this.#isArray ? this.#index : undefined);
    }
    extentTo(end) {
        this.#extent = (0,record/* joinExtents */.AQ)(this.#extent, (0,record/* extentOf */.OY)(this.#buffer.toString('utf8', this.#measured, end)));
        this.#measured = end;
        return this.#extent;
    }
}

;// CONCATENATED MODULE: ./build/formats/json/shape.js



async function jsonShape(content) {
    const line = new FirstLine();
    for await (const chunk of content.bytes()) {
        const shape = line.read(chunk);
        if (shape !== undefined)
            return shape;
    }
    return line.end();
}
class FirstLine {
    #inside = 'blanks';
    #depth = 0;
    #places = new record/* Places */.N4();
    read(chunk) {
        for (let at = 0; at < chunk.length; at++) {
            const byte = chunk[at] ?? 0;
            const shape = this.#inside === 'blanks' ? this.#begin(byte, at) : this.#go(byte);
            if (shape !== undefined)
                return shape;
        }
        this.#places.endChunk(chunk.length);
        return undefined;
    }
    end() {
        if (this.#inside === 'blanks')
            return { kind: 'blank' };
        return { kind: this.#inside === 'after' ? 'lines' : 'documents' };
    }
    #begin(byte, at) {
        const token = json_grammar/* TOKEN */.CV[byte];
        if (token === json_grammar/* Token */.ou.openArray)
            return { kind: 'array' };
        if (token === json_grammar/* Token */.ou.openObject)
            return this.#go(byte);
        if (token !== json_grammar/* Token */.ou.blank)
            return { kind: 'other', place: this.#places.of(at), found: (0,json_grammar/* describeToken */.dE)(byte) };
        if (byte === lib_text/* LINE_FEED */.kR)
            this.#places.endLine(at);
        return undefined;
    }
    #go(byte) {
        if (byte === lib_text/* LINE_FEED */.kR)
            return this.end();
        if (this.#inside === 'escape')
            this.#inside = 'string';
        else if (this.#inside === 'string')
            this.#goInString(byte);
        else if (this.#inside !== 'after')
            this.#goInObject(byte);
        else if (json_grammar/* TOKEN */.CV[byte] !== json_grammar/* Token */.ou.blank)
            return { kind: 'documents' };
        return undefined;
    }
    #goInString(byte) {
        if (byte === lib_text/* BACKSLASH */.r_)
            this.#inside = 'escape';
        else if (json_grammar/* TOKEN */.CV[byte] === json_grammar/* Token */.ou.string)
            this.#inside = 'object';
    }
    #goInObject(byte) {
        const token = json_grammar/* TOKEN */.CV[byte];
        this.#inside = token === json_grammar/* Token */.ou.string ? 'string' : 'object';
        if (token === json_grammar/* Token */.ou.openObject || token === json_grammar/* Token */.ou.openArray)
            this.#depth++;
        else if (token === json_grammar/* Token */.ou.closeObject || token === json_grammar/* Token */.ou.closeArray)
            this.#depth--;
        if (this.#depth === 0)
            this.#inside = 'after';
    }
}
class LineCounter {
    rows = 0;
    #inRow = false;
    write(chunk) {
        let at = 0;
        while (at < chunk.length)
            at = this.#inRow ? this.#skipRow(chunk, at) : this.#skipBlank(chunk, at);
    }
    #skipRow(chunk, from) {
        const end = chunk.indexOf(lib_text/* LINE_FEED */.kR, from);
        if (end === -1)
            return chunk.length;
        this.#inRow = false;
        return end + 1;
    }
    #skipBlank(chunk, at) {
        if (json_grammar/* TOKEN */.CV[chunk[at] ?? 0] !== json_grammar/* Token */.ou.blank) {
            this.#inRow = true;
            this.rows++;
        }
        return at + 1;
    }
}
const NO_BYTES = new Uint8Array(0);
class ReturnsInLines {
    first;
    between;
    #content;
    #write;
    #offset = 0;
    #inString = false;
    #isEscaped = false;
    #depth = 0;
    #isClosed = false;
    #behind;
    #held = NO_BYTES;
    constructor(content, write) {
        this.#content = content;
        this.#write = write;
    }
    async see(chunk) {
        const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
        const end = bytes.at(-1) === lib_text/* CARRIAGE_RETURN */.u7 ? bytes.length - 1 : bytes.length;
        this.#held = new Uint8Array(bytes.subarray(end));
        await this.#pass(bytes.subarray(0, end));
    }
    async end() {
        if (this.first !== undefined)
            await this.#write?.(this.#held);
    }
    async #pass(bytes) {
        const returns = this.#returnsIn(bytes);
        if (this.first === undefined && returns[0] !== undefined) {
            this.first = this.#offset + returns[0];
            for await (const before of this.#content.slice(0, this.#offset).bytes())
                await this.#write?.(before);
        }
        this.#offset += bytes.length;
        if (this.first !== undefined)
            await this.#write?.(withSpaces(bytes, returns));
    }
    #returnsIn(bytes) {
        const returns = [];
        let from = 0;
        for (let at = bytes.indexOf(lib_text/* CARRIAGE_RETURN */.u7); at !== -1; at = bytes.indexOf(lib_text/* CARRIAGE_RETURN */.u7, at + 1)) {
            if (bytes[at + 1] === lib_text/* LINE_FEED */.kR)
                continue;
            this.#follow(bytes.subarray(from, at));
            if (!this.#inString)
                returns.push(at);
            if (!this.#inString && this.#depth === 0 && this.#isClosed)
                this.#behind ??= this.#offset + at;
            from = at;
        }
        this.#follow(bytes.subarray(from));
        return returns;
    }
    #follow(bytes) {
        const feed = bytes.lastIndexOf(lib_text/* LINE_FEED */.kR);
        if (feed !== -1) {
            if (this.#behind !== undefined)
                this.#walk(bytes.subarray(0, bytes.indexOf(lib_text/* LINE_FEED */.kR)));
            this.#inString = this.#isEscaped = this.#isClosed = false;
            this.#depth = 0;
            this.#behind = undefined;
        }
        this.#walk(bytes.subarray(feed + 1));
    }
    #walk(bytes) {
        for (const byte of bytes) {
            if (this.#isEscaped)
                this.#isEscaped = false;
            else if (byte === lib_text/* QUOTE */.jA)
                this.#inString = !this.#inString;
            else if (this.#inString)
                this.#isEscaped = byte === lib_text/* BACKSLASH */.r_;
            else
                this.#nest(json_grammar/* TOKEN */.CV[byte]);
        }
    }
    #nest(token) {
        if (token === json_grammar/* Token */.ou.openObject || token === json_grammar/* Token */.ou.openArray) {
            if (this.#depth === 0)
                this.between ??= this.#behind;
            this.#depth++;
        }
        else if (token === json_grammar/* Token */.ou.closeObject || token === json_grammar/* Token */.ou.closeArray) {
            this.#depth = Math.max(0, this.#depth - 1);
            this.#isClosed = true;
        }
    }
}
function withSpaces(bytes, places) {
    if (places.length === 0)
        return bytes;
    const changed = new Uint8Array(bytes);
    for (const at of places)
        changed[at] = lib_text/* SPACE */.t6;
    return changed;
}

;// CONCATENATED MODULE: ./build/formats/json/format.js









const jsonFormat = {
    extensions: ['.json', '.jsonl', '.ndjson'],
    placedBy: 'text',
    isJoinedByLines: true,
    isReadApart: false,
    isUntyped: false,
    summarise: summariseJson,
    slices: jsonSlices,
    readSlice: ({ bytes, layout }, sink) => layout.unit === 'lines' ? readJsonLines(bytes, sink) : readJsonObjects(bytes, layout.unit === 'items', sink),
    split: async (content, _, options) => (0,slices/* cutAt */.og)(content, await (0,slices/* splitPoints */.kn)(content, { cut: cutLines, ...options })),
    lacksColumn: () => false,
    shown: { areValuesTexts: false, areMomentsRespelled: false, isCorruptText: true },
    inputFormat: ({ isMultiLine }) => ({ format: 'json', isMultiLineJson: isMultiLine }),
};
const LINES = /\.(jsonl|ndjson)$/i;
async function summariseJson({ path, content }, options) {
    const shape = await jsonShape(content);
    const isPromisedLines = LINES.test(path);
    switch (shape.kind) {
        case 'blank':
            return (0,refusal/* refuseContent */.y1)('no-records');
        case 'other':
            return (0,refusal/* refuseContent */.y1)('not-json', shape);
        case 'lines':
            return await countRows(content, options);
        case 'array':
            return isPromisedLines ? (0,refusal/* refuseContent */.y1)('array-in-lines') : await countRecords(content, shape.kind, options);
        case 'documents':
            return isPromisedLines ? (0,refusal/* refuseContent */.y1)('documents-in-lines') : await countRecords(content, shape.kind, options);
        default:
            return shape;
    }
}
async function countRows(content, options) {
    const shape = { format: 'json', kind: 'lines' };
    const lines = new LineCounter();
    const returns = new ReturnsInLines(content, options.onLines);
    const see = async (chunk) => {
        lines.write(chunk);
        await returns.see(chunk);
    };
    await readForAll(content, shape, { ...options, see });
    await returns.end();
    const { first, between } = returns;
    if (between !== undefined) {
        return (0,refusal/* refuseContent */.y1)('return-between-records', { place: await (0,record/* placeOfByte */.hf)(content, between) });
    }
    if (first !== undefined && options.onLines === undefined) {
        return (0,refusal/* refuseContent */.y1)('return-in-lines', { place: await (0,record/* placeOfByte */.hf)(content, first) });
    }
    return { kind: 'records', rows: lines.rows, shape, isMultiLine: false, isRewritten: first !== undefined };
}
async function countRecords(content, kind, options) {
    const shape = { format: 'json', kind };
    const compactor = new json_compactor/* JsonCompactor */.P();
    const see = async (chunk) => {
        const lines = compactor.write(chunk);
        if (lines.length > 0)
            await options.onLines?.(lines);
    };
    try {
        await readForAll(content, shape, { ...options, see });
        compactor.end();
    }
    catch (error) {
        if (error instanceof json_grammar/* MalformedJson */.iu)
            return (0,refusal/* refuseContent */.y1)('malformed-json', error);
        throw error;
    }
    const rows = compactor.records;
    const isRewritten = options.onLines !== undefined;
    return rows === 0 ? (0,refusal/* refuseContent */.y1)('empty-array') : { kind: 'records', rows, shape, isMultiLine: true, isRewritten };
}
async function* jsonSlices(content, { kind }, options) {
    const cut = kind === 'lines' ? cutLines : cutObjects;
    const layout = { unit: UNITS[kind] };
    for await (const bytes of (0,slices/* slices */.wc)(content, { cut, ...options }))
        yield { format: 'json', bytes, layout };
}
const UNITS = { lines: 'lines', array: 'items', documents: 'documents' };
const cutLines = (block) => block.lastIndexOf(lib_text/* LINE_FEED */.kR) + 1;
const cutObjects = (block) => {
    let last = 0;
    scanObjects(block, (_, end) => (last = end));
    return last;
};

// EXTERNAL MODULE: ./build/formats/parquet/format.js + 1 modules
var format = __nccwpck_require__(4951);
;// CONCATENATED MODULE: ./build/formats/formats.js







const FORMATS = {
    json: jsonFormat,
    parquet: format/* parquetFormat */.Y,
    csv: csvFormat,
};
const FORMAT_NAMES = Object.keys(FORMATS);
function formatOfPath(path) {
    const extension = /\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? '';
    return FORMAT_NAMES.find((name) => FORMATS[name].extensions.includes(extension));
}
async function summarise(file, format, options) {
    const { content } = file;
    const suspicion = (0,refusal/* sniff */.ZF)(await (0,lib_content/* readAll */.yw)(content.slice(0, Math.min(refusal/* SNIFF_BYTES */.dD, content.size))));
    if (suspicion !== undefined && suspicion.kind !== format) {
        return (0,refusal/* refuseContent */.y1)(suspicion.kind, suspicion.kind === 'compressed' ? { found: suspicion.by } : {});
    }
    return await FORMATS[format].summarise(file, options).catch(async (error) => {
        if (!(error instanceof slices/* RecordTooLong */.UV))
            throw error;
        return (0,refusal/* refuseContent */.y1)('record-too-long', { place: await (0,record/* placeOfByte */.hf)(content, error.offset) });
    });
}
function fileSlices(file) {
    const { content, shape, sliceSize = slices/* SLICE_SIZE */.tz, buffers = (0,slices/* createBuffers */.ai)() } = file;
    return FORMATS[shape.format].slices(content, shape, { size: sliceSize, buffers });
}
async function readSlice(slice, sink, read) {
    return await FORMATS[slice.format].readSlice(slice, sink, read);
}
async function splitRecords(content, shape, options) {
    return await FORMATS[shape.format].split(content, shape, options);
}
function lacksColumn(shape, path) {
    return FORMATS[shape.format].lacksColumn(shape, path);
}


/***/ }),

/***/ 5090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ JsonCompactor),
/* harmony export */   U: () => (/* binding */ skipPlain)
/* harmony export */ });
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3579);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1242);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4869);



const DEEPEST = 1 << 20;
const TOO_DEEP = { expected: `at most ${DEEPEST} levels`, found: 'one more' };
const { refused: REFUSED, colon: COLON_NEXT, value: VALUE, closed: CLOSED } = _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw;
const ENDS = new Set([_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.start, _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.document, _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.done]);
class JsonCompactor {
    records = 0;
    #state = _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.start;
    #cut = 'none';
    #stack = new Uint8Array(DEEPEST);
    #depth = 0;
    #places = new _record_js__WEBPACK_IMPORTED_MODULE_1__/* .Places */ .N4();
    #buffers = buffersFor(new Uint8Array(0));
    #written = 0;
    write(chunk) {
        this.#buffers = buffersFor(chunk, this.#buffers);
        this.#written = 0;
        for (let at = this.#resume(); at < chunk.length;) {
            at = this.#takeTokens(at, Math.min(at + CALL_BYTES, chunk.length));
        }
        this.#places.endChunk(chunk.length);
        return this.#buffers.lines.subarray(0, this.#written);
    }
    end() {
        if (ENDS.has(this.#state))
            return;
        const expected = this.#cut === 'string' || this.#cut === 'escape' ? CLOSING_QUOTE : (0,_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .expectedIn */ .aT)(this.#state);
        throw new _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedJson */ .iu(this.#places.of(0), { expected, found: 'the end of the file' });
    }
    #resume() {
        const { chunk, lines } = this.#buffers;
        const cut = this.#cut;
        if (cut === 'none' || chunk.length === 0)
            return 0;
        this.#cut = 'none';
        if (cut === 'scalar')
            this.#written = this.#endScalar(0, 0);
        else if (cut === 'string')
            this.#written = this.#endString(0, 0);
        else {
            const byte = chunk[0] ?? 0;
            if (byte < _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .SPACE */ .t6)
                throw this.#errorAt(0, CLOSING_QUOTE);
            lines[0] = byte;
            this.#written = this.#endString(1, 1);
        }
        return this.#written;
    }
    #takeTokens(from, stop) {
        const { chunk, view, lines, linesView, lastWord } = this.#buffers;
        let at = from;
        let to = this.#written;
        let state = this.#state;
        let depth = this.#depth;
        while (at < stop) {
            const byte = chunk[at++] ?? 0;
            const token = _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .TOKEN */ .CV[byte] ?? _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.alien;
            if (token === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.blank) {
                if (byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .LINE_FEED */ .kR)
                    continue;
                this.#places.endLine(at - 1);
                while (at <= lastWord && view.getInt32(at) === FOUR_SPACES)
                    at += WORD_BYTES;
                continue;
            }
            const next = _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .NEXT */ .K2[state * 16 + token] ?? REFUSED;
            if (next === REFUSED)
                throw this.#errorAt(at - 1, (0,_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .expectedIn */ .aT)(state));
            if (depth > 0 || token === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.openObject)
                lines[to++] = byte;
            state = next;
            if (token === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.string) {
                for (let plain = WORD_BYTES; at <= lastWord && plain === WORD_BYTES; at += plain, to += plain) {
                    const word = view.getInt32(at, true);
                    linesView.setInt32(to, word, true);
                    plain = plainBytes(word);
                }
                const isOver = at <= lastWord && chunk[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA;
                const end = isOver ? at + 1 : this.#endString(at, to);
                if (isOver)
                    lines[to] = _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA;
                to += end - at;
                at = end;
                if (next !== COLON_NEXT || at >= lastWord || chunk[at] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .COLON */ .oH)
                    continue;
                lines[to++] = _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .COLON */ .oH;
                at += chunk[at + 1] === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .SPACE */ .t6 ? 2 : 1;
                state = VALUE;
            }
            else if (token === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.scalar) {
                const end = this.#endScalar(at, to);
                to += end - at;
                at = end;
            }
            else if (NESTS[token] === 1) {
                state = this.#nest(at - 1, token, next);
                depth = this.#depth;
                if (depth === 0 && next === CLOSED)
                    lines[to++] = _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .LINE_FEED */ .kR;
            }
        }
        this.#written = to;
        this.#state = state;
        return at;
    }
    #endString(from, to) {
        const { chunk, lines } = this.#buffers;
        const end = from < chunk.length && chunk[from] === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA ? from : copyString(from, to, this.#buffers);
        if (end < chunk.length) {
            if (chunk[end] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA)
                throw this.#errorAt(end, CLOSING_QUOTE);
            lines[to + end - from] = _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA;
            return end + 1;
        }
        let slashes = 0;
        while (slashes < end - from && chunk[end - slashes - 1] === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .BACKSLASH */ .r_)
            slashes++;
        this.#cut = slashes % 2 === 1 ? 'escape' : 'string';
        return end;
    }
    #endScalar(from, to) {
        const { chunk, lines } = this.#buffers;
        const ahead = to - from;
        let at = from;
        for (; at < chunk.length; at++) {
            const byte = chunk[at] ?? 0;
            if (_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .IN_SCALAR */ .xP[byte] !== 1)
                return at;
            lines[at + ahead] = byte;
        }
        this.#cut = 'scalar';
        return at;
    }
    #nest(at, token, next) {
        if (next === CLOSED)
            return this.#stack[--this.#depth] ?? REFUSED;
        if (next === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.firstElement || next === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.done)
            return next;
        if (this.#depth === 0)
            this.records++;
        if (this.#depth === DEEPEST)
            throw new _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedJson */ .iu(this.#places.of(at), TOO_DEEP);
        this.#stack[this.#depth++] = next;
        return token === _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.openObject ? _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.firstName : _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .State */ .Uw.firstItem;
    }
    #errorAt(at, expected) {
        return new _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .MalformedJson */ .iu(this.#places.of(at), { expected, found: (0,_grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .describeToken */ .dE)(this.#buffers.chunk[at] ?? 0) });
    }
}
const CALL_BYTES = 1 << 14;
const CLOSING_QUOTE = 'a closing quote';
const NESTS = Uint8Array.from({ length: 16 }, (_, token) => token >= _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.openObject && token <= _grammar_js__WEBPACK_IMPORTED_MODULE_0__/* .Token */ .ou.closeArray ? 1 : 0);
function buffersFor(chunk, before) {
    const needed = chunk.length + (chunk.length >> 1) + 2 + WORD_BYTES;
    const lines = before === undefined || before.lines.length < needed ? new Uint8Array(needed) : before.lines;
    return { chunk, view: viewOf(chunk), lastWord: chunk.length - WORD_BYTES, lines, linesView: viewOf(lines) };
}
function copyString(from, to, { chunk, view, lines, linesView, lastWord }) {
    const ahead = to - from;
    let at = from;
    while (at < chunk.length) {
        if (at <= lastWord) {
            const word = view.getInt32(at, true);
            linesView.setInt32(at + ahead, word, true);
            const plain = plainBytes(word);
            at += plain;
            if (plain === WORD_BYTES)
                continue;
        }
        const byte = chunk[at] ?? 0;
        if (byte === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA || byte < _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .SPACE */ .t6)
            return at;
        lines[at + ahead] = byte;
        at++;
        if (byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .BACKSLASH */ .r_ || at === chunk.length)
            continue;
        const escaped = chunk[at] ?? 0;
        if (escaped < _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .SPACE */ .t6)
            return at;
        lines[at + ahead] = escaped;
        at++;
    }
    return at;
}
const WORD_BYTES = 4;
const FOUR_SPACES = 0x20202020;
function plainBytes(word) {
    const quotes = word ^ 0x22222222;
    const slashes = word ^ 0x5c5c5c5c;
    const low = (word - 0x20202020) & ~word;
    const hit = (low | ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080;
    return hit === 0 ? WORD_BYTES : (31 - Math.clz32(hit & -hit)) >> 3;
}
function viewOf({ buffer, byteOffset, length }) {
    return new DataView(buffer, byteOffset, length);
}
const MOST_SHORT_BYTES = 24;
function skipPlain(chunk, view, from) {
    const end = Math.min(from + MOST_SHORT_BYTES, chunk.length);
    for (let at = from; at < end; at++) {
        const byte = chunk[at] ?? 0;
        if (byte === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .QUOTE */ .jA || byte === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .BACKSLASH */ .r_ || byte < _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .SPACE */ .t6)
            return at;
    }
    return skipLong(view, end);
}
function skipLong(view, from) {
    let at = from;
    for (const last = view.byteLength - WORD_BYTES; at <= last; at += WORD_BYTES) {
        const plain = plainBytes(view.getInt32(at, true));
        if (plain < WORD_BYTES)
            return at + plain;
    }
    return at;
}


/***/ }),

/***/ 3579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ TOKEN),
/* harmony export */   K2: () => (/* binding */ NEXT),
/* harmony export */   Uw: () => (/* binding */ State),
/* harmony export */   aT: () => (/* binding */ expectedIn),
/* harmony export */   dE: () => (/* binding */ describeToken),
/* harmony export */   iu: () => (/* binding */ MalformedJson),
/* harmony export */   ou: () => (/* binding */ Token),
/* harmony export */   xP: () => (/* binding */ IN_SCALAR)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);


const Token = {
    alien: 0,
    blank: 1,
    string: 2,
    scalar: 3,
    openObject: 4,
    closeObject: 5,
    openArray: 6,
    closeArray: 7,
    colon: 8,
    comma: 9,
};
const value = (after) => ({ string: after, scalar: after, openObject: after, openArray: after });
const GRAMMAR = {
    refused: { expected: 'nothing', next: {} },
    start: {
        expected: 'an array or an object',
        next: { openArray: 'firstElement', openObject: 'document' },
    },
    document: { expected: 'an object or the end of the file', next: { openObject: 'document' } },
    firstElement: { expected: 'an object or "]"', next: { openObject: 'afterElement', closeArray: 'done' } },
    element: { expected: 'an object', next: { openObject: 'afterElement' } },
    afterElement: { expected: '"," or "]"', next: { comma: 'element', closeArray: 'done' } },
    done: { expected: 'the end of the file', next: {} },
    firstName: { expected: 'a name in quotes or "}"', next: { string: 'colon', closeObject: 'closed' } },
    name: { expected: 'a name in quotes', next: { string: 'colon' } },
    colon: { expected: '":"', next: { colon: 'value' } },
    value: { expected: 'a value', next: value('afterMember') },
    afterMember: { expected: '"," or "}"', next: { comma: 'name', closeObject: 'closed' } },
    firstItem: { expected: 'a value or "]"', next: { ...value('afterItem'), closeArray: 'closed' } },
    item: { expected: 'a value', next: value('afterItem') },
    afterItem: { expected: '"," or "]"', next: { comma: 'item', closeArray: 'closed' } },
    closed: { expected: 'nothing', next: {} },
};
const NAMES = Object.keys(GRAMMAR);
const RULES = Object.values(GRAMMAR);
const State = Object.fromEntries(NAMES.map((name, at) => [name, at]));
const NEXT = nextStates();
const TOKEN = tokensOfBytes();
const IN_SCALAR = Uint8Array.from({ length: 256 }, (_, byte) => /[0-9A-Za-z+.-]/.test(String.fromCharCode(byte)) ? 1 : 0);
function expectedIn(state) {
    return RULES[state]?.expected ?? '';
}
function nextStates() {
    const table = new Uint8Array(NAMES.length * 16);
    for (const [at, rule] of RULES.entries()) {
        for (const [token, next] of Object.entries(rule.next)) {
            table[at * 16 + Token[token]] = State[next];
        }
    }
    return table;
}
function tokensOfBytes() {
    const table = new Uint8Array(256);
    const begin = (bytes, token) => {
        for (const byte of Buffer.from(bytes))
            table[byte] = token;
    };
    begin(' \t\r\n', Token.blank);
    begin('-0123456789tfn', Token.scalar);
    begin('"', Token.string);
    begin('{', Token.openObject);
    begin('}', Token.closeObject);
    begin('[', Token.openArray);
    begin(']', Token.closeArray);
    begin(':', Token.colon);
    begin(',', Token.comma);
    return table;
}
function describeToken(byte) {
    if (byte === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .LINE_FEED */ .kR || byte === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .CARRIAGE_RETURN */ .u7)
        return 'a line break';
    if (byte === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .TAB */ .wn)
        return 'a tab';
    if (byte < _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SPACE */ .t6 || byte === 0x7f)
        return 'a control character';
    return WORDS.get(TOKEN[byte] ?? Token.alien) ?? 'a string without quotes';
}
const WORDS = new Map([
    [Token.string, 'a string'],
    [Token.scalar, 'a number, true, false or null'],
    [Token.openObject, 'an object'],
    [Token.openArray, 'an array'],
    [Token.closeObject, '"}"'],
    [Token.closeArray, '"]"'],
    [Token.colon, '":"'],
    [Token.comma, '","'],
]);
class MalformedJson extends _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF {
    name = 'MalformedJson';
    place;
    expected;
    found;
    constructor(place, { expected, found: received }) {
        super(`Malformed JSON at line ${place.line}, column ${place.column}: expected ${expected}, found ${received}`, {
            remedy: 'Fix the file at that place, or write it with a JSON tool such as jq.',
        });
        this.place = place;
        this.expected = expected;
        this.found = received;
    }
}


/***/ }),

/***/ 4432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ brokenJson),
/* harmony export */   d: () => (/* binding */ JsonPlaces)
/* harmony export */ });
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8908);
/* harmony import */ var _compactor_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5090);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3579);
/* harmony import */ var _record_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1242);




class JsonPlaces {
    #text;
    #members = new Map();
    #items = new Map();
    #feeds;
    constructor(text) {
        this.#text = text;
    }
    of(pointer) {
        let at = skipBlanks(this.#text, 0);
        for (const name of (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointerSegments */ .c)(pointer)) {
            const child = this.#childAt(at, name);
            if (child === undefined)
                break;
            at = child;
        }
        return this.#extentTo(at);
    }
    #childAt(at, name) {
        if (this.#text[at] === '{')
            return this.#membersAt(at).get(name);
        if (this.#text[at] === '[' && /^\d+$/.test(name))
            return this.#itemsAt(at)[Number(name)];
        return undefined;
    }
    #membersAt(at) {
        const found = this.#members.get(at) ?? new Map(members(this.#text, at));
        this.#members.set(at, found);
        return found;
    }
    #itemsAt(at) {
        const found = this.#items.get(at) ?? [...items(this.#text, at)];
        this.#items.set(at, found);
        return found;
    }
    #extentTo(at) {
        this.#feeds ??= lineFeeds(this.#text);
        const lines = countBelow(this.#feeds, at);
        return { lines, columns: at - (lines === 0 ? 0 : (this.#feeds[lines - 1] ?? 0) + 1) };
    }
}
function lineFeeds(text) {
    const feeds = [];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
        feeds.push(at);
    return feeds;
}
function countBelow(rising, end) {
    let low = 0;
    let high = rising.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if ((rising[middle] ?? end) < end)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
function* members(text, open) {
    let at = skipBlanks(text, open + 1);
    while (text[at] === '"') {
        const nameEnd = stringEnd(text, at);
        const value = skipBlanks(text, skipBlanks(text, nameEnd) + 1);
        yield [unquote(text.slice(at, nameEnd)), value];
        at = nextChild(text, value);
    }
}
function* items(text, open) {
    let at = skipBlanks(text, open + 1);
    while (at < text.length && text[at] !== ']') {
        yield at;
        const next = nextChild(text, at);
        if (next === at)
            return;
        at = next;
    }
}
function unquote(quoted) {
    const name = JSON.parse(quoted);
    return String(name);
}
function nextChild(text, at) {
    const end = skipBlanks(text, valueEnd(text, at));
    return text[end] === ',' ? skipBlanks(text, end + 1) : end;
}
const BLANKS = /[ \t\r\n]*/y;
const SCALAR = /[^\s,\]}]*/y;
const MARK = /["{}[\]]/g;
function skipBlanks(text, at) {
    BLANKS.lastIndex = at;
    BLANKS.test(text);
    return Math.max(at, BLANKS.lastIndex);
}
function valueEnd(text, at) {
    if (text[at] === '"')
        return stringEnd(text, at);
    if (text[at] === '{' || text[at] === '[')
        return containerEnd(text, at);
    SCALAR.lastIndex = at;
    SCALAR.test(text);
    return Math.max(at, SCALAR.lastIndex);
}
function containerEnd(text, open) {
    let depth = 0;
    let at = open;
    do {
        MARK.lastIndex = at;
        const mark = MARK.exec(text);
        if (mark === null)
            return text.length;
        at = mark[0] === '"' ? stringEnd(text, mark.index) : mark.index + 1;
        if (mark[0] === '{' || mark[0] === '[')
            depth++;
        else if (mark[0] !== '"')
            depth--;
    } while (depth > 0);
    return at;
}
function stringEnd(text, open) {
    for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
        let before = at;
        while (text[before - 1] === '\\')
            before--;
        if ((at - before) % 2 === 0)
            return at + 1;
    }
    return text.length;
}
function brokenJson(text) {
    const bytes = Buffer.from(text);
    const compactor = new _compactor_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonCompactor */ .P();
    try {
        compactor.write(bytes);
        compactor.end();
    }
    catch (error) {
        if (!(error instanceof _grammar_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedJson */ .iu))
            throw error;
        return { issue: corruptIssue(error), at: (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .extentOf */ .OY)(bytes.subarray(0, error.place.offset).toString()) };
    }
    const more = compactor.records > 1;
    const found = more ? 'more than one' : 'a number, a word or an escape that JSON does not know';
    return { issue: corruptIssue({ expected: more ? 'one object' : 'JSON', found }), at: (0,_record_js__WEBPACK_IMPORTED_MODULE_2__/* .extentOf */ .OY)('') };
}
function corruptIssue({ expected, found }) {
    return { code: 'corrupt-record', level: 'error', fate: 'rejected', path: '', expected, received: found };
}


/***/ }),

/***/ 5151:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cy: () => (/* binding */ KeyList),
/* harmony export */   Li: () => (/* binding */ MOST_KEYS),
/* harmony export */   Vj: () => (/* binding */ HASH_WORDS),
/* harmony export */   qQ: () => (/* binding */ hashOf)
/* harmony export */ });
const HASH_WORDS = 3;
const MOST_KEYS = 5_000_000;
class KeyList {
    #hashes = new Uint32Array(0);
    #places = new Uint32Array(0);
    #indexes = new Uint32Array(0);
    #hasIndexes = false;
    #length = 0;
    get isFull() {
        return this.#length > MOST_KEYS;
    }
    add(key, place, index) {
        this.#hasIndexes ||= index !== undefined;
        this.#grow(this.#length + 1);
        hashInto(this.#hashes, this.#length * HASH_WORDS, key);
        if (index !== undefined)
            this.#indexes[this.#length] = index;
        this.#places[this.#length++] = place;
    }
    addQuoted(key, place) {
        this.#grow(this.#length + 1);
        if (hashQuoted(this.#hashes, this.#length * HASH_WORDS, key))
            this.#places[this.#length++] = place;
        else
            this.add(String(JSON.parse(key.bytes.toString('utf8', key.start, key.end))), place);
    }
    append({ hashes, places, indexes }, before, rows) {
        const length = this.#length;
        this.#hasIndexes ||= indexes.length > 0;
        this.#grow(length + places.length);
        this.#hashes.set(hashes, length * HASH_WORDS);
        indexes.forEach((index, at) => (this.#indexes[length + at] = rows + index));
        const moved = this.#places;
        for (let at = 0; at < places.length; at++)
            moved[length + at] = before + (places[at] ?? 0);
        this.#length += places.length;
        for (const words of [hashes, places, indexes])
            words.buffer.transfer(0);
    }
    take() {
        return {
            hashes: resized(this.#hashes, this.#length * HASH_WORDS),
            places: resized(this.#places, this.#length),
            indexes: resized(this.#indexes, this.#hasIndexes ? this.#length : 0),
        };
    }
    #grow(length) {
        const isIndexed = !this.#hasIndexes || this.#indexes.length >= length;
        if (length <= this.#places.length && isIndexed)
            return;
        const room = length <= this.#places.length ? this.#places.length : Math.max(length, 2 * this.#places.length, 1024);
        this.#hashes = resized(this.#hashes, room * HASH_WORDS);
        this.#places = resized(this.#places, room);
        if (this.#hasIndexes)
            this.#indexes = resized(this.#indexes, room);
    }
}
function resized({ buffer }, length) {
    return new Uint32Array(buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT));
}
function hashOf(key) {
    const hash = new Uint32Array(HASH_WORDS);
    hashInto(hash, 0, key);
    return hash;
}
function hashInto(hashes, at, key) {
    if (hashAscii(hashes, at, key))
        return;
    if (key.isWellFormed())
        hashQuoted(hashes, at, quotedKey(key));
    else
        hashUnits(hashes, at, key);
}
function quotedKey(key) {
    const bytes = Buffer.from(`  "${key}"`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return { bytes, view, start: 2, end: bytes.length };
}
function hashAscii(hashes, at, key) {
    let low = LOW_SEED ^ key.length;
    let high = HIGH_SEED ^ key.length;
    let last = LAST_SEED ^ key.length;
    let word = 0;
    for (let index = 0; index < key.length; index++) {
        const unit = key.charCodeAt(index);
        if (unit > LAST_ASCII)
            return false;
        word |= unit << (8 * (index % WORD_LENGTH));
        if (index % WORD_LENGTH !== WORD_LENGTH - 1)
            continue;
        low = mixLow(low, word);
        high = mixHigh(high, word);
        last = mixLast(last, word);
        word = 0;
    }
    if (key.length % WORD_LENGTH !== 0) {
        low = mixLow(low, word);
        high = mixHigh(high, word);
        last = mixLast(last, word);
    }
    hashes[at] = finish(low);
    hashes[at + 1] = finish(high);
    hashes[at + 2] = finish(last);
    return true;
}
function hashQuoted(hashes, at, { view, start, end }) {
    const quote = end - 1;
    const length = quote - start - 1;
    const rest = length % WORD_LENGTH;
    let low = LOW_SEED ^ length;
    let high = HIGH_SEED ^ length;
    let last = LAST_SEED ^ length;
    let slashes = 0;
    for (let place = start + 1; place < quote - rest; place += WORD_LENGTH) {
        const word = view.getInt32(place, true);
        slashes |= slashesIn(word);
        low = mixLow(low, word);
        high = mixHigh(high, word);
        last = mixLast(last, word);
    }
    if (rest > 0) {
        const word = (view.getInt32(quote - 3, true) << 8) >>> (8 * (WORD_LENGTH - rest));
        slashes |= slashesIn(word);
        low = mixLow(low, word);
        high = mixHigh(high, word);
        last = mixLast(last, word);
    }
    hashes[at] = finish(low);
    hashes[at + 1] = finish(high);
    hashes[at + 2] = finish(last);
    return slashes === 0;
}
function slashesIn(word) {
    const slashes = word ^ 0x5c5c5c5c;
    return (slashes - 0x01010101) & ~slashes & 0x80808080;
}
function hashUnits(hashes, at, key) {
    let low = ~LOW_SEED ^ key.length;
    let high = ~HIGH_SEED ^ key.length;
    let last = ~LAST_SEED ^ key.length;
    for (let index = 0; index < key.length; index++) {
        const unit = key.charCodeAt(index);
        low = mixLow(low, unit);
        high = mixHigh(high, unit);
        last = mixLast(last, unit);
    }
    hashes[at] = finish(low);
    hashes[at + 1] = finish(high);
    hashes[at + 2] = finish(last);
}
const LAST_ASCII = 0x7f;
const WORD_LENGTH = 4;
const LOW_SEED = 0xdeadbeef;
const HIGH_SEED = 0x41c6ce57;
const LAST_SEED = 0x9e3779b9;
function mixLow(hash, word) {
    const scattered = Math.imul(turn(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    return (Math.imul(turn(hash ^ scattered, 13), 5) + 0xe6546b64) | 0;
}
function mixHigh(hash, word) {
    const scattered = Math.imul(turn(Math.imul(word, 0xab0e9789), 17), 0x38b34ae5);
    return (Math.imul(turn(hash ^ scattered, 19), 5) + 0x0bcaa747) | 0;
}
function mixLast(hash, word) {
    const scattered = Math.imul(turn(Math.imul(word, 0xa1e38b93), 18), 0x239b961b);
    return (Math.imul(turn(hash ^ scattered, 17), 5) + 0x561ccd1b) | 0;
}
function turn(word, bits) {
    return (word << bits) | (word >>> (32 - bits));
}
function finish(word) {
    let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
}


/***/ }),

/***/ 8865:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ CODECS),
/* harmony export */   l: () => (/* binding */ unpack)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8522);
/* harmony import */ var _thrift_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(369);


const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'];
function unpack({ codec, packed }, size, scratch) {
    const bytes = plainView(size === 0 ? NO_BYTES : attempt({ codec, packed }, size, scratch));
    if (bytes.length !== size)
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt(`a page that does not unpack (${codec})`);
    return bytes;
}
function plainView({ buffer, byteOffset, byteLength }) {
    return new Uint8Array(buffer, byteOffset, byteLength);
}
const NO_BYTES = new Uint8Array(0);
function attempt({ codec, packed }, size, scratch) {
    try {
        return unpackWith({ codec, packed }, size, scratch);
    }
    catch (error) {
        if (error instanceof _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt)
            throw error;
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt(`a page that does not unpack (${codec})`, { cause: error });
    }
}
const SMALLEST_CHUNK_BYTES = 64;
function moved(made, scratch) {
    const bytes = scratch.unpacked(made.length);
    bytes.set(made);
    if (made.length === made.buffer.byteLength)
        made.buffer.transfer(0);
    return bytes;
}
function unpackWith({ codec, packed }, size, scratch) {
    const limit = { maxOutputLength: size, chunkSize: Math.max(SMALLEST_CHUNK_BYTES, size) };
    switch (codec) {
        case 'UNCOMPRESSED':
            return packed;
        case 'SNAPPY':
            return unpackSnappy(packed, scratch.unpacked(size));
        case 'GZIP':
            return moved((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.gunzipSync)(packed, limit), scratch);
        case 'BROTLI':
            return moved((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.brotliDecompressSync)(packed, limit), scratch);
        case 'ZSTD':
            return moved((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.zstdDecompressSync)(packed, limit), scratch);
        case 'LZ4_RAW':
            return unpackLz4Block(packed, scratch.unpacked(size));
        case 'LZ4':
            return unpackLz4(packed, scratch.unpacked(size));
        case 'LZO':
            throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt('a page packed with LZO, which is not read here');
        default:
            return codec;
    }
}
function unpackSnappy(packed, out) {
    let at = 0;
    while ((packed[at++] ?? 0) >= 128)
        ;
    let to = 0;
    while (at < packed.length) {
        const tag = packed[at++] ?? 0;
        const kind = tag & 3;
        if (kind === 0) {
            let length = (tag >> 2) + 1;
            if (length > 60) {
                const bytes = length - 60;
                length = littleEndian(packed, at, bytes) + 1;
                at += bytes;
            }
            to = copyLiteral({ packed, at, length }, out, to);
            at += length;
        }
        else {
            const wide = kind === 1 ? 1 : kind === 2 ? 2 : 4;
            const low = littleEndian(packed, at, wide);
            at += wide;
            const offset = kind === 1 ? ((tag >> 5) << 8) | low : low;
            to = copyBack(out, to, { offset, length: kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1 });
        }
    }
    if (to !== out.length)
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt('a page that does not unpack (SNAPPY)');
    return out;
}
function littleEndian(bytes, at, length) {
    if (at + length > bytes.length)
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt('a packed page without its end');
    let value = bytes[at] ?? 0;
    if (length > 1)
        value |= (bytes[at + 1] ?? 0) << 8;
    if (length > 2)
        value |= (bytes[at + 2] ?? 0) << 16;
    if (length > 3)
        value |= (bytes[at + 3] ?? 0) << 24;
    return value >>> 0;
}
const FEW_BYTES = 48;
function copyLiteral({ packed, at, length }, out, to) {
    const end = to + length;
    if (at + length > packed.length || end > out.length)
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt('a packed page without its end');
    if (length > FEW_BYTES)
        out.set(packed.subarray(at, at + length), to);
    else
        for (let index = 0; index < length; index++)
            out[to + index] = packed[at + index] ?? 0;
    return end;
}
function copyBack(out, to, { offset, length }) {
    const end = to + length;
    if (offset === 0 || offset > to || end > out.length)
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt('a packed page that points outside of it');
    if (offset >= length && length > FEW_BYTES)
        out.copyWithin(to, to - offset, to - offset + length);
    else if (offset === 1)
        out.fill(out[to - 1] ?? 0, to, end);
    else
        for (let at = to; at < end; at++)
            out[at] = out[at - offset] ?? 0;
    return end;
}
function unpackLz4Block(packed, out) {
    let [at, to] = [0, 0];
    const extended = (length) => {
        let total = length;
        if (length < 15)
            return total;
        for (;;) {
            const byte = packed[at++];
            if (byte === undefined)
                throw new _thrift_js__WEBPACK_IMPORTED_MODULE_1__/* .ParquetDamage */ .mt('a packed page without its end');
            total += byte;
            if (byte < 255)
                return total;
        }
    };
    while (at < packed.length) {
        const token = packed[at++] ?? 0;
        const length = extended(token >> 4);
        to = copyLiteral({ packed, at, length }, out, to);
        at += length;
        if (at >= packed.length)
            break;
        const offset = littleEndian(packed, at, 2);
        at += 2;
        to = copyBack(out, to, { offset, length: extended(token & 15) + 4 });
    }
    return out.subarray(0, to);
}
function unpackLz4(packed, out) {
    return unpackHadoopLz4(packed, out) ?? unpackLz4Block(packed, out);
}
function unpackHadoopLz4(packed, out) {
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    let [at, to] = [0, 0];
    while (at + 8 <= packed.length) {
        const [unpackedBytes, packedBytes] = [view.getUint32(at), view.getUint32(at + 4)];
        at += 8;
        if (at + packedBytes > packed.length || to + unpackedBytes > out.length)
            return undefined;
        try {
            const block = unpackLz4Block(packed.subarray(at, at + packedBytes), out.subarray(to, to + unpackedBytes));
            if (block.length !== unpackedBytes)
                return undefined;
        }
        catch {
            return undefined;
        }
        at += packedBytes;
        to += unpackedBytes;
    }
    return at === packed.length && to === out.length ? out : undefined;
}


/***/ }),

/***/ 5646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  $$: () => (/* binding */ bytesOf),
  OT: () => (/* binding */ checkColumns),
  MA: () => (/* binding */ countParts)
});

// EXTERNAL MODULE: ./build/formats/keys.js
var keys = __nccwpck_require__(5151);
// EXTERNAL MODULE: ./build/formats/tally.js
var tally = __nccwpck_require__(801);
// EXTERNAL MODULE: ./build/formats/parquet/exact.js
var exact = __nccwpck_require__(9287);
// EXTERNAL MODULE: ./build/formats/parquet/footer.js + 2 modules
var footer = __nccwpck_require__(5109);
// EXTERNAL MODULE: ./build/formats/record.js
var record = __nccwpck_require__(1242);
// EXTERNAL MODULE: ./build/formats/parquet/values.js
var parquet_values = __nccwpck_require__(7772);
;// CONCATENATED MODULE: ./build/formats/parquet/leaf-checker.js


const MOST_SAID = 128;
class LeafChecker {
    rows = 0;
    #leaf;
    #check;
    #values;
    #reader;
    #report;
    #indices;
    #asks;
    #dictionary;
    #verdicts = new Uint8Array(0);
    #isDictionaryFine = true;
    #bad = [];
    constructor(leaf, check, report) {
        this.#leaf = leaf;
        this.#check = check;
        this.#reader = (0,parquet_values/* valueReader */.DB)(leaf);
        this.#values = check.values;
        this.#report = report;
        this.#indices = new Int32Array(leaf.rep);
        this.#asks = Uint8Array.from({ length: leaf.def + 1 }, (_, def) => Number((check.levels[def] ?? []).length > 0));
    }
    take(batch) {
        const { def, rep, values } = batch;
        const areAllBad = values.kind === 'repeated' && !this.#passesAt(values.dictionary, values.index);
        this.#findBad(batch);
        if (typeof def === 'number' && typeof rep === 'number' && (areAllBad || this.#asks[def] === 1))
            this.#walkRun(batch, { def, rep, areAllBad });
        else if (areAllBad || this.#bad.length > 0 || this.#isAsked(def))
            this.#walk(batch, areAllBad);
        else
            this.#pass(batch);
    }
    #isAsked(def) {
        const asks = this.#asks;
        if (typeof def === 'number')
            return asks[def] === 1;
        for (let at = 0; at < def.length; at++)
            if (asks[def[at] ?? 0] === 1)
                return true;
        return false;
    }
    #findBad({ values }) {
        this.#bad = [];
        if (values.kind === 'plain')
            this.#findInPlain(values.raw, this.#bad);
        else if (values.kind === 'indices') {
            this.#know(values.dictionary);
            if (this.#isDictionaryFine)
                return;
            const { indices } = values;
            for (let at = 0; at < indices.length; at++)
                if (this.#verdicts[indices[at] ?? 0] === 1)
                    this.#bad.push(at);
        }
    }
    #findInPlain(raw, bad) {
        const check = this.#values;
        const reader = this.#reader;
        if (reader.isText && raw.kind === 'bytes' && !(0,parquet_values/* areUtf8 */.oq)(raw)) {
            for (let at = 0, count = (0,parquet_values/* countOf */.pq)(raw); at < count; at++)
                if (!this.#passes(raw, at))
                    bad.push(at);
            return;
        }
        if (check === undefined || (reader.isText && check.isAnyText))
            return;
        const visit = (at) => void (check.passes(reader.valueAt(raw, at)) || bad.push(at));
        (0,parquet_values/* visitOutside */.Nx)(raw, this.#storedRange(check), visit);
    }
    #storedRange({ range }) {
        const { scale } = this.#reader;
        if (range === undefined || scale === undefined)
            return NOWHERE;
        return { low: range.low * scale, high: range.high * scale };
    }
    #passes(raw, at) {
        const { isText, valueAt } = this.#reader;
        if (isText && raw.kind === 'bytes' && !(0,parquet_values/* isUtf8At */.pH)(raw, at))
            return false;
        const check = this.#values;
        return check === undefined || (isText && check.isAnyText) || check.passes(valueAt(raw, at));
    }
    #passesAt(dictionary, index) {
        this.#know(dictionary);
        return this.#verdicts[index] !== 1;
    }
    #know(dictionary) {
        if (this.#dictionary === dictionary)
            return;
        this.#dictionary = dictionary;
        this.#verdicts = new Uint8Array(dictionary.count);
        const bad = [];
        this.#findInPlain(dictionary.raw, bad);
        for (const at of bad)
            this.#verdicts[at] = 1;
        this.#isDictionaryFine = bad.length === 0;
    }
    #pass({ entries, rep }) {
        const indices = this.#indices;
        if (typeof rep === 'number') {
            if (rep === 0)
                this.#beginRow(entries);
            else
                this.#nextItem(rep, entries);
            return;
        }
        let lastStart = -1;
        for (let at = 0; at < entries; at++) {
            if (rep[at] !== 0)
                continue;
            lastStart = at;
            this.rows++;
        }
        if (lastStart >= 0)
            indices.fill(0);
        for (let at = lastStart + 1; at < entries; at++)
            this.#nextItem(rep[at] ?? 0, 1);
    }
    #beginRow(rows = 1) {
        this.rows += rows;
        this.#indices.fill(0);
    }
    #nextItem(rep, items) {
        this.#indices[rep - 1] = (this.#indices[rep - 1] ?? 0) + items;
        this.#indices.fill(0, rep);
    }
    #walk({ entries, def, rep, values }, areAllBad) {
        const bad = this.#bad;
        let [value, next] = [0, 0];
        for (let at = 0; at < entries; at++) {
            const [level, repetition] = [
                typeof def === 'number' ? def : (def[at] ?? 0),
                typeof rep === 'number' ? rep : (rep[at] ?? 0),
            ];
            if (repetition === 0)
                this.#beginRow();
            else
                this.#nextItem(repetition, 1);
            if (this.#asks[level] === 1)
                this.#sayLevel(level, repetition, this.#report.say);
            if (level !== this.#leaf.def)
                continue;
            if (areAllBad || bad[next] === value) {
                next++;
                this.#sayValue(values, value, this.#report.say);
            }
            value++;
        }
    }
    #walkRun(batch, { def, rep, areAllBad }) {
        if (batch.values.kind !== 'repeated' && def === this.#leaf.def)
            return this.#walk(batch, false);
        const shown = Math.min(batch.entries, MOST_SAID);
        this.#walk({ ...batch, entries: shown }, areAllBad);
        const left = batch.entries - shown;
        if (left === 0)
            return;
        const said = [];
        const note = (issue, _row, order) => void said.push({ issue, order });
        if (this.#asks[def] === 1)
            this.#sayLevel(def, rep, note);
        if (areAllBad)
            this.#sayValue(batch.values, 0, note);
        const start = rep === 0 ? this.rows : this.rows - 1;
        const end = rep === 0 ? start + left : this.rows;
        this.#report.sayAgain(said.map(({ issue }) => issue), { start, end }, left);
        if (rep === 0)
            this.#beginRow(left);
        else
            this.#nextItem(rep, left);
    }
    #sayLevel(def, rep, say) {
        const row = this.rows - 1;
        for (const level of this.#check.levels[def] ?? []) {
            if (rep <= level.rep)
                level.say(this.#indices, (issue, order) => say(issue, row, order));
        }
    }
    #sayValue(values, at, say) {
        const row = this.rows - 1;
        const [raw, index] = placeOf(values, at);
        if (raw === undefined)
            return;
        if (this.#reader.isText && raw.kind === 'bytes' && !(0,parquet_values/* isUtf8At */.pH)(raw, index)) {
            const hint = this.#leaf.annotation === undefined ? BYTES_HINT : undefined;
            say({ ...record/* NOT_UTF8 */.mM, path: this.#check.path, hint }, row, []);
            return;
        }
        const value = this.#reader.valueAt(raw, index);
        this.#values?.say(value, this.#indices, (issue, order) => say(issue, row, order));
    }
}
const BYTES_HINT = 'the column has bytes without a type: write text as string (pyarrow.string(), StringType of Spark)';
const NOWHERE = { low: Infinity, high: -Infinity };
function placeOf(values, at) {
    switch (values.kind) {
        case 'plain':
            return [values.raw, at];
        case 'indices':
            return [values.dictionary.raw, values.indices[at] ?? 0];
        case 'repeated':
            return [values.dictionary.raw, values.index];
        case 'none':
            return [undefined, 0];
        default:
            return values;
    }
}

// EXTERNAL MODULE: ./build/formats/parquet/pages.js + 2 modules
var parquet_pages = __nccwpck_require__(1830);
// EXTERNAL MODULE: ./build/formats/parquet/records.js
var records = __nccwpck_require__(602);
// EXTERNAL MODULE: ./build/formats/parquet/row-marks.js
var row_marks = __nccwpck_require__(8179);
;// CONCATENATED MODULE: ./build/formats/parquet/row-sizes.js

const MOST_ROWS = 2 ** 24;
class RowSizes {
    #bytes;
    constructor(rows) {
        this.#bytes = new Uint32Array(rows <= MOST_ROWS ? rows : 0);
    }
    add(row, bytes) {
        this.#bytes[row] = (this.#bytes[row] ?? 0) + bytes;
    }
    addToAll(start, end, bytes) {
        if (bytes === 0)
            return;
        const stop = Math.min(end, this.#bytes.length);
        for (let row = start; row < stop; row++)
            this.#bytes[row] = (this.#bytes[row] ?? 0) + bytes;
    }
    visitAbove(most, visit) {
        for (let row = 0; row < this.#bytes.length; row++) {
            const bytes = this.#bytes[row] ?? 0;
            if (bytes > most)
                visit(row, bytes);
        }
    }
}
class LeafSizes {
    #sizes;
    #reader;
    #leaf;
    #around;
    #dictionary;
    #lengths = new Uint32Array(0);
    #rows = 0;
    constructor(tree, index, sizes) {
        const leaf = tree.leaves[index];
        if (leaf === undefined)
            throw new RangeError('There is no such leaf');
        this.#sizes = sizes;
        this.#leaf = leaf;
        this.#reader = (0,parquet_values/* valueReader */.DB)(leaf);
        this.#around = aroundOf(tree.root, index, leaf);
    }
    take({ entries, def, rep, values }) {
        const levels = this.#leaf.def + 1;
        if (rep === 0 && typeof def === 'number' && def < this.#leaf.def) {
            this.#sizes.addToAll(this.#rows, this.#rows + entries, this.#around[def] ?? 0);
            this.#rows += entries;
            return;
        }
        let value = 0;
        for (let at = 0; at < entries; at++) {
            const repetition = typeof rep === 'number' ? rep : (rep[at] ?? 0);
            const level = typeof def === 'number' ? def : (def[at] ?? 0);
            if (repetition === 0)
                this.#rows++;
            const bytes = this.#around[repetition * levels + level] ?? 0;
            this.#sizes.add(this.#rows - 1, level === this.#leaf.def ? bytes + this.#lengthAt(values, value++) : bytes);
        }
    }
    #lengthAt(values, at) {
        if (values.kind === 'none')
            return 0;
        if (values.kind === 'plain')
            return this.#lengthOf(values.raw, at);
        const { raw } = values.dictionary;
        if (raw !== this.#dictionary) {
            this.#dictionary = raw;
            this.#lengths = Uint32Array.from({ length: (0,parquet_values/* countOf */.pq)(raw) }, (_, index) => this.#lengthOf(raw, index));
        }
        return this.#lengths[values.kind === 'repeated' ? values.index : (values.indices[at] ?? 0)] ?? 0;
    }
    #lengthOf(raw, at) {
        if (this.#reader.isText && raw.kind === 'bytes')
            return (raw.ends[at] ?? 0) - (raw.starts[at] ?? 0) + '""'.length;
        const value = this.#reader.valueAt(raw, at);
        if (ArrayBuffer.isView(value))
            return value.byteLength;
        if (!(value instanceof Date))
            return String(value).length;
        return DATE_BYTES;
    }
}
const DATE_BYTES = '"2024-02-29T12:34:56.789Z"'.length;
function aroundOf(root, index, { def, rep }) {
    const around = new Uint32Array((def + 1) * (rep + 1));
    const add = (levels, bytes) => {
        for (let repetition = 0; repetition <= Math.min(rep, levels.rep); repetition++) {
            for (let level = levels.def; level <= def; level++) {
                const at = repetition * (def + 1) + level;
                around[at] = (around[at] ?? 0) + bytes;
            }
        }
    };
    const visit = (node, name) => {
        if (index < node.leaves.first || index >= node.leaves.end)
            return;
        if (index === node.leaves.first) {
            if (name !== undefined)
                add(node, Buffer.byteLength(name) + '"":,'.length);
            if (node.kind !== 'leaf')
                add(node, 1);
            if (node.kind === 'list' || node.kind === 'map')
                add({ def: node.itemDef, rep: node.rep + 1 }, 1);
        }
        for (const [inner, below] of childrenOf(node))
            visit(below, inner);
    };
    visit(root, undefined);
    return around;
}
function childrenOf(node) {
    switch (node.kind) {
        case 'object':
            return node.members.map(({ name, node: inner }) => [name, inner]);
        case 'list':
            return [[undefined, node.item]];
        case 'map':
            return [[undefined, node.key], ...(node.value === undefined ? [] : [[undefined, node.value]])];
        case 'leaf':
            return [];
        default:
            return node;
    }
}

// EXTERNAL MODULE: ./build/formats/parquet/scratch.js
var scratch = __nccwpck_require__(3874);
// EXTERNAL MODULE: ./build/formats/parquet/thrift.js
var thrift = __nccwpck_require__(369);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
;// CONCATENATED MODULE: ./build/formats/parquet/columns.js













const READ_AT_ONCE_BYTES = 4 * 1024 * 1024;
const WINDOW_BYTES = 1024 * 1024;
const MOST_PARTS = 8;
function countParts(bytes) {
    return Math.max(1, Math.min(MOST_PARTS, Math.ceil(bytes / READ_AT_ONCE_BYTES)));
}
function bytesOf(group, leaves) {
    return leaves.reduce((sum, leaf) => sum + (0,footer/* chunkOf */.X)(group, leaf).end - (0,footer/* chunkOf */.X)(group, leaf).start, 0);
}
async function checkColumns(part, checks, read) {
    const { walks, leaves } = sharesOf(part, checks)[part.part] ?? NO_SHARE;
    const near = await readAtOnce(part, [...leaves, ...walks.flatMap((walk) => walk.leaves)], read);
    const check = new GroupCheck(part, checks, near.read);
    for (const leaf of leaves)
        await check.leaf(leaf);
    for (const walk of walks)
        await check.walk(walk);
    check.sizes();
    near.release();
    return check.result();
}
const NO_SHARE = { leaves: [], walks: [] };
function sharesOf({ group, parts }, { leaves, walks, size }) {
    const walked = new Set(walks.flatMap((walk) => walk.leaves));
    const alone = leaves.flatMap((_, leaf) => (walked.has(leaf) ? [] : [{ leaves: [leaf], walk: undefined }]));
    const all = [...walks.map((walk) => ({ leaves: walk.leaves, walk })), ...alone];
    const sized = all
        .map((one) => ({ ...one, bytes: bytesOf(group, one.leaves) }))
        .toSorted((one, other) => other.bytes - one.bytes);
    const shares = Array.from({ length: size === undefined ? parts : 1 }, () => ({
        leaves: [],
        walks: [],
        bytes: 0,
    }));
    for (const { leaves: own, walk, bytes } of sized) {
        const least = shares.reduce((one, other) => (other.bytes < one.bytes ? other : one));
        least.bytes += bytes;
        if (walk === undefined)
            least.leaves.push(...own);
        else
            least.walks.push(walk);
    }
    for (const share of shares)
        share.leaves.sort((one, other) => one - other);
    return shares;
}
async function readAtOnce({ group }, leaves, read) {
    const chunks = leaves.map((leaf) => (0,footer/* chunkOf */.X)(group, leaf));
    const start = Math.min(...chunks.map((chunk) => chunk.start));
    const end = Math.max(...chunks.map((chunk) => chunk.end));
    if (chunks.length < 2 || end - start > READ_AT_ONCE_BYTES)
        return { read, release: () => undefined };
    const bytes = await read(start, end);
    return {
        read: async (from, to) => bytes.subarray(from - start, to - start),
        release: () => void bytes.buffer.transfer(0),
    };
}
class GroupCheck {
    #part;
    #checks;
    #read;
    #tally = new tally/* OrderedTally */.uu();
    #bad = new row_marks/* RowMarks */.l();
    #rejected = new row_marks/* RowMarks */.l();
    #keys = new keys/* KeyList */.Cy();
    #sizes;
    #scratch = new scratch/* Scratch */.f();
    constructor(part, checks, read) {
        this.#part = part;
        this.#checks = checks;
        this.#read = read;
        this.#sizes = checks.size === undefined ? undefined : new RowSizes(part.group.rows);
    }
    sizes() {
        const { size } = this.#checks;
        if (size === undefined)
            return;
        this.#sizes?.visitAbove(size.mostBytes, (row, bytes) => {
            size.say(bytes, (issue, order) => this.#say(issue, row, order));
        });
    }
    result() {
        return {
            findings: this.#tally.findings(),
            bad: this.#bad.blocks(),
            rejected: this.#rejected.blocks(),
            keys: this.#keys.take(),
        };
    }
    async leaf(index) {
        const leaf = this.#leafAt(index);
        const pages = new parquet_pages/* LeafPages */.f8({
            leaf,
            chunk: (0,footer/* chunkOf */.X)(this.#part.group, index),
            read: this.#read,
            windowBytes: WINDOW_BYTES,
            scratch: this.#scratch,
        });
        const taker = this.#takerOf(index);
        try {
            for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
                if (page.kind === 'skipped')
                    continue;
                for (let batch = page.next(); batch !== undefined; batch = page.next())
                    taker.take(batch);
            }
            taker.end();
        }
        catch (error) {
            this.#damage(error, { path: this.#pathOf(index), rows: taker.rows, pages: pages.pages });
        }
    }
    async walk({ leaves, checks, keyOf }) {
        const { tree, group } = this.#part;
        const takers = new Map(leaves.map((leaf) => [leaf, this.#takerOf(leaf)]));
        let row = 0;
        const say = (issue, order) => this.#say(issue, row, order);
        try {
            const rows = new records/* RowReader */.o({
                tree,
                group,
                leaves,
                read: this.#read,
                typedValues: keyOf === undefined ? 'nearest' : 'exact',
                onBatch: (leaf, batch) => takers.get(leaf)?.take(batch),
            });
            for (let record = await rows.next(); record !== undefined; record = await rows.next()) {
                for (const check of checks)
                    check(record, say);
                row++;
                if (keyOf !== undefined)
                    this.#takeKey(keyOf(record), row);
            }
            for (const taker of takers.values())
                taker.end();
        }
        catch (error) {
            this.#damage(error, { path: this.#pathOf(leaves[0] ?? 0), rows: row, pages: undefined });
        }
    }
    #takeKey(key, row) {
        if (key !== undefined && !this.#keys.isFull)
            this.#keys.add(key, row);
    }
    #leafAt(index) {
        const leaf = this.#part.tree.leaves[index];
        if (leaf === undefined)
            throw new RangeError('There is no such leaf');
        return leaf;
    }
    #pathOf(index) {
        return this.#checks.leaves[index]?.path ?? '';
    }
    #takerOf(index) {
        const leaf = this.#leafAt(index);
        const check = this.#checks.leaves[index] ?? { path: '', levels: [], values: undefined };
        const report = {
            say: (issue, row, order) => this.#say(issue, row, order),
            sayAgain: (issues, rows, times) => {
                for (const issue of issues) {
                    this.#tally.countAgain(issue, times);
                    this.#blame(issue, rows.start, rows.end);
                }
            },
        };
        const keys = this.#checks.key === index ? new KeyTaker(leaf, this.#keys) : undefined;
        const sizes = this.#sizes === undefined ? undefined : new LeafSizes(this.#part.tree, index, this.#sizes);
        return new LeafTaker(new LeafChecker(leaf, check, report), { keys, sizes }, this.#part.group.rows);
    }
    #say(issue, row, order) {
        this.#blame(issue, row, row + 1);
        const { at: _, ...shown } = issue;
        this.#tally.count(issue, () => ({ issue: shown, place: { kind: 'row', row: row + 1 }, order: [row, ...order] }));
    }
    #blame({ level, fate }, start, end) {
        if (level !== 'error')
            return;
        const stop = Math.min(end, this.#part.group.rows);
        this.#bad.markRange(start, stop);
        if (fate !== 'changed')
            this.#rejected.markRange(start, stop);
    }
    #damage(error, { path, rows, pages }) {
        if (!(error instanceof thrift/* ParquetDamage */.mt))
            throw error;
        const row = Math.max(0, Math.min(rows, this.#part.group.rows - 1));
        const issue = damageIssue(error, path, { group: this.#part.groupNumber, pages });
        this.#say(issue, row, []);
        this.#blame(issue, row, this.#part.group.rows);
    }
}
function damageIssue(error, path, { group, pages }) {
    const where = `in row group ${group}${pages === undefined ? '' : `, page ${pages} of the column`}`;
    const common = { code: 'corrupt-record', level: 'error', path, expected: 'rows that can be read' };
    if (!(error instanceof parquet_pages/* PageTooLarge */.T2))
        return { ...common, fate: 'fails-batch', received: `${error.message} ${where}` };
    return {
        ...common,
        fate: 'changed',
        received: `a page of ${(0,lib_text/* formatBytes */.z3)(error.bytes)} ${where}: from there on the column was not checked`,
        hint: `write pages of at most ${(0,lib_text/* formatBytes */.z3)(parquet_pages/* MOST_PAGE_BYTES */.wV)}: "data_page_size" of pyarrow, "parquet.page.size" of Spark`,
    };
}
class LeafTaker {
    #checker;
    #others;
    #rows;
    constructor(checker, others, rows) {
        this.#checker = checker;
        this.#others = others;
        this.#rows = rows;
    }
    get rows() {
        return this.#checker.rows;
    }
    take(batch) {
        this.#checker.take(batch);
        this.#others.keys?.take(batch);
        this.#others.sizes?.take(batch);
        if (this.#checker.rows > this.#rows)
            throw new thrift/* ParquetDamage */.mt('a column with more rows than its row group has');
    }
    end() {
        if (this.#checker.rows < this.#rows)
            throw new thrift/* ParquetDamage */.mt('a column with fewer rows than its row group has');
    }
}
class KeyTaker {
    #leaf;
    #keys;
    #readAt;
    #rows = 0;
    constructor(leaf, keys) {
        this.#leaf = leaf;
        this.#keys = keys;
        const { valueAt, exactAt = valueAt } = (0,parquet_values/* valueReader */.DB)(leaf);
        this.#readAt = exactAt;
    }
    take({ entries, def, values }) {
        let value = 0;
        for (let at = 0; at < entries && !this.#keys.isFull; at++) {
            if ((typeof def === 'number' ? def : def[at]) !== this.#leaf.def)
                continue;
            const key = textOfKey(this.#keyAt(values, value++));
            if (key !== undefined)
                this.#keys.add(key, this.#rows + at + 1);
        }
        this.#rows += entries;
    }
    #keyAt(values, at) {
        if (values.kind === 'none')
            return undefined;
        if (values.kind === 'plain')
            return this.#readAt(values.raw, at);
        return this.#readAt(values.dictionary.raw, values.kind === 'repeated' ? values.index : (values.indices[at] ?? 0));
    }
}
function textOfKey(key) {
    if (key instanceof exact/* ExactValue */.$Z)
        return key.kind === 'number' ? key.text : undefined;
    return typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint' ? String(key) : undefined;
}


/***/ }),

/***/ 5178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  JC: () => (/* binding */ ENCODINGS),
  kc: () => (/* binding */ PHYSICAL_TYPES),
  qf: () => (/* binding */ decoderOf),
  US: () => (/* binding */ dictionaryIndices),
  tC: () => (/* binding */ plainDecoder)
});

// EXTERNAL MODULE: ./build/formats/parquet/levels.js
var parquet_levels = __nccwpck_require__(7737);
// EXTERNAL MODULE: ./build/formats/parquet/thrift.js
var thrift = __nccwpck_require__(369);
;// CONCATENATED MODULE: ./build/formats/parquet/delta.js


const EXACT = 2 ** 52;
const WORD = 2 ** 32;
class DeltaReader {
    #span;
    #head;
    #miniblocks;
    #perMiniblock;
    #count;
    #at = 0;
    #value;
    #given = 0;
    #smallest = 0;
    #widthsAt = 0;
    #miniblock;
    #left = 0;
    #width = 0;
    #bit = 0;
    constructor(span) {
        const head = new thrift/* ThriftReader */.xW(span.bytes.subarray(0, span.end), span.start);
        const block = head.varint();
        this.#miniblocks = head.varint();
        this.#count = head.varint();
        this.#span = span;
        this.#head = head;
        this.#perMiniblock = block / this.#miniblocks;
        if (this.#perMiniblock < 8 || this.#perMiniblock % 8 !== 0 || this.#perMiniblock > 2 ** 20) {
            throw new thrift/* ParquetDamage */.mt('differences in blocks of no size');
        }
        this.#value = this.#zigzag();
        this.#at = head.at;
        this.#miniblock = this.#miniblocks;
    }
    end() {
        let at = this.#head.at;
        for (let rest = this.#count - 1; rest > 0;) {
            this.#head.at = at;
            void this.#zigzag();
            const widthsAt = this.#head.at;
            at = widthsAt + this.#miniblocks;
            for (let index = 0; index < this.#miniblocks && rest > 0; index++, rest -= this.#perMiniblock) {
                at += (this.#widthAt(widthsAt + index) * this.#perMiniblock) / 8;
            }
            if (at > this.#span.end)
                throw (0,parquet_levels/* endedEarly */.S3)();
        }
        return at;
    }
    read32(out, count) {
        for (let index = 0; index < count; index++)
            out[index] = lowWord(this.#next());
    }
    read64(words, count) {
        for (let index = 0; index < count; index++) {
            const value = this.#next();
            words[index * 2] = lowWord(value);
            words[index * 2 + 1] =
                typeof value === 'number' ? Math.floor(value / WORD) | 0 : Number(BigInt.asIntN(32, value >> 32n));
        }
    }
    #next() {
        if (this.#given >= this.#count)
            throw (0,parquet_levels/* endedEarly */.S3)();
        if (this.#given++ === 0)
            return this.#value;
        if (this.#left === 0)
            this.#loadMiniblock();
        this.#left--;
        this.#value = this.#width <= 48 ? this.#plus() : this.#plusExactly(this.#wideBits());
        return this.#value;
    }
    #plus() {
        const more = this.#width === 0 ? 0 : (0,parquet_levels/* bitsAt */.wX)(this.#span.bytes, this.#bit, this.#width);
        this.#bit += this.#width;
        const [value, smallest] = [this.#value, this.#smallest];
        if (typeof value === 'number' && typeof smallest === 'number') {
            const sum = value + smallest + more;
            if (sum < EXACT && sum > -EXACT)
                return sum;
        }
        return this.#plusExactly(BigInt(more));
    }
    #plusExactly(more) {
        return narrowed(BigInt.asIntN(64, BigInt(this.#value) + BigInt(this.#smallest) + more));
    }
    #wideBits() {
        const [low, width] = [(0,parquet_levels/* bitsAt */.wX)(this.#span.bytes, this.#bit, 32), this.#width];
        const high = (0,parquet_levels/* bitsAt */.wX)(this.#span.bytes, this.#bit + 32, width - 32);
        this.#bit += width;
        return BigInt(low) + (BigInt(high) << 32n);
    }
    #loadMiniblock() {
        if (this.#miniblock >= this.#miniblocks)
            this.#loadBlock();
        this.#width = this.#widthAt(this.#widthsAt + this.#miniblock++);
        this.#left = this.#perMiniblock;
        this.#bit = this.#at * 8;
        this.#at += (this.#width * this.#perMiniblock) / 8;
        const needed = Math.min(this.#left, this.#count - this.#given + 1);
        if (this.#bit + needed * this.#width > this.#span.end * 8)
            throw (0,parquet_levels/* endedEarly */.S3)();
    }
    #loadBlock() {
        this.#head.at = this.#at;
        this.#smallest = this.#zigzag();
        this.#widthsAt = this.#head.at;
        this.#at = this.#widthsAt + this.#miniblocks;
        this.#miniblock = 0;
    }
    #widthAt(at) {
        const width = at < this.#span.end ? (this.#span.bytes[at] ?? 65) : 65;
        if (width > 64)
            throw new thrift/* ParquetDamage */.mt('differences of more than 64 bits');
        return width;
    }
    #zigzag() {
        let [value, shift] = [0n, 0n];
        const start = this.#head.at;
        const quick = this.#head.integer();
        if (quick < EXACT && quick > -EXACT)
            return quick;
        this.#head.at = start;
        for (let byte = 128; byte >= 128; shift += 7n) {
            byte = this.#head.byte();
            value |= BigInt(byte & 127) << shift;
        }
        return narrowed(BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n)));
    }
}
function narrowed(value) {
    const number = Number(value);
    return number < EXACT && number > -EXACT ? number : value;
}
function lowWord(value) {
    return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value));
}

;// CONCATENATED MODULE: ./build/formats/parquet/encodings.js



const ENCODINGS = [
    'PLAIN',
    'GROUP_VAR_INT',
    'PLAIN_DICTIONARY',
    'RLE',
    'BIT_PACKED',
    'DELTA_BINARY_PACKED',
    'DELTA_LENGTH_BYTE_ARRAY',
    'DELTA_BYTE_ARRAY',
    'RLE_DICTIONARY',
    'BYTE_STREAM_SPLIT',
];
const PHYSICAL_TYPES = [
    'BOOLEAN',
    'INT32',
    'INT64',
    'INT96',
    'FLOAT',
    'DOUBLE',
    'BYTE_ARRAY',
    'FIXED_LEN_BYTE_ARRAY',
];
function decoderOf(encoding, storage, values) {
    const types = TYPES_OF[encoding];
    if (types !== undefined && !types.includes(storage.physical))
        throw unfit();
    switch (encoding) {
        case 'PLAIN':
            return plainDecoder(storage, values);
        case 'RLE':
            return rleBooleans(values);
        case 'DELTA_BINARY_PACKED':
            return deltaIntegers(storage, values);
        case 'DELTA_LENGTH_BYTE_ARRAY':
            return deltaLengths(values);
        case 'DELTA_BYTE_ARRAY':
            return deltaBytes(storage, values);
        case 'BYTE_STREAM_SPLIT':
            return splitStreams(storage, values);
        default:
            throw unfit();
    }
}
const TYPES_OF = {
    RLE: ['BOOLEAN'],
    DELTA_BINARY_PACKED: ['INT32', 'INT64'],
    DELTA_LENGTH_BYTE_ARRAY: ['BYTE_ARRAY'],
    DELTA_BYTE_ARRAY: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
    BYTE_STREAM_SPLIT: ['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'FIXED_LEN_BYTE_ARRAY'],
};
function unfit() {
    return new thrift/* ParquetDamage */.mt('an encoding that no such column has');
}
function plainDecoder(storage, values) {
    const { physical } = storage;
    if (physical === 'BOOLEAN')
        return plainBooleans(values);
    if (physical === 'BYTE_ARRAY')
        return plainBytes(values);
    const width = bytesEach(storage);
    const { bytes, end, scratch } = values;
    let at = values.start;
    return {
        next(count) {
            const stop = at + count * width;
            if (stop > end)
                throw (0,parquet_levels/* endedEarly */.S3)();
            const copy = scratch.aligned(count * width);
            copy.set(bytes.subarray(at, stop));
            at = stop;
            return viewOf(storage, copy, { count, scratch });
        },
    };
}
function bytesEach({ physical, width }) {
    if (physical === 'FIXED_LEN_BYTE_ARRAY')
        return width;
    return physical === 'INT96' ? 12 : physical === 'INT64' || physical === 'DOUBLE' ? 8 : 4;
}
function viewOf(storage, bytes, { count, scratch }) {
    const { buffer } = bytes;
    switch (storage.physical) {
        case 'INT32':
            return { kind: 'int32', data: new Int32Array(buffer, 0, count) };
        case 'INT64':
            return { kind: 'int64', words: new Int32Array(buffer, 0, count * 2) };
        case 'FLOAT':
            return { kind: 'float', data: new Float32Array(buffer, 0, count) };
        case 'DOUBLE':
            return { kind: 'double', data: new Float64Array(buffer, 0, count) };
        default: {
            const width = bytesEach(storage);
            const [starts, ends] = [scratch.integers('starts', count), scratch.integers('ends', count)];
            for (let index = 0; index < count; index++) {
                starts[index] = index * width;
                ends[index] = (index + 1) * width;
            }
            return { kind: 'bytes', bytes, starts, ends };
        }
    }
}
function plainBooleans({ bytes, start, end, scratch }) {
    let bit = start * 8;
    return {
        next(count) {
            if (bit + count > end * 8)
                throw (0,parquet_levels/* endedEarly */.S3)();
            const data = scratch.aligned(count);
            for (let at = 0; at < count; at++, bit++)
                data[at] = ((bytes[bit >>> 3] ?? 0) >>> (bit & 7)) & 1;
            return { kind: 'boolean', data };
        },
    };
}
function rleBooleans({ bytes, start, end, scratch }) {
    if (start + 4 > end)
        throw (0,parquet_levels/* endedEarly */.S3)();
    const levels = new parquet_levels/* HybridLevels */.im({ bytes, start: start + 4, end }, 1);
    return {
        next(count) {
            const data = scratch.aligned(count);
            levels.read(data, count);
            return { kind: 'boolean', data };
        },
    };
}
function plainBytes({ bytes, start, end, scratch }) {
    let at = start;
    return {
        next(count) {
            if (count > (end - at) / 4)
                throw (0,parquet_levels/* endedEarly */.S3)();
            const [starts, ends] = [scratch.integers('starts', count), scratch.integers('ends', count)];
            for (let index = 0; index < count; index++) {
                if (at + 4 > end)
                    throw (0,parquet_levels/* endedEarly */.S3)();
                const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
                at += 4;
                if (length < 0 || length > end - at)
                    throw (0,parquet_levels/* endedEarly */.S3)();
                starts[index] = at;
                at += length;
                ends[index] = at;
            }
            return { kind: 'bytes', bytes, starts, ends };
        },
    };
}
function deltaIntegers({ physical }, values) {
    const reader = new DeltaReader(values);
    const { scratch } = values;
    if (physical === 'INT32') {
        return {
            next(count) {
                const data = new Int32Array(scratch.aligned(count * 4).buffer, 0, count);
                reader.read32(data, count);
                return { kind: 'int32', data };
            },
        };
    }
    return {
        next(count) {
            const words = new Int32Array(scratch.aligned(count * 8).buffer, 0, count * 2);
            reader.read64(words, count);
            return { kind: 'int64', words };
        },
    };
}
function deltaLengths(values) {
    const { bytes, end, scratch } = values;
    const lengths = new DeltaReader(values);
    let at = lengths.end();
    return {
        next(count) {
            const [starts, ends] = [scratch.integers('starts', count), scratch.integers('ends', count)];
            lengths.read32(ends, count);
            for (let index = 0; index < count; index++) {
                const length = ends[index] ?? 0;
                if (length < 0 || length > end - at)
                    throw (0,parquet_levels/* endedEarly */.S3)();
                starts[index] = at;
                at += length;
                ends[index] = at;
            }
            return { kind: 'bytes', bytes, starts, ends };
        },
    };
}
const MOST_REPEATED_BYTES = 256 * 1024 * 1024;
function deltaBytes(storage, values) {
    const { scratch } = values;
    const prefixes = new DeltaReader(values);
    const suffixes = deltaLengths({ ...values, start: prefixes.end() });
    const width = storage.physical === 'FIXED_LEN_BYTE_ARRAY' ? storage.width : undefined;
    let last = new Uint8Array(0);
    return {
        next(count) {
            const shared = scratch.integers('shared', count);
            prefixes.read32(shared, count);
            const own = suffixes.next(count);
            const bytes = scratch.aligned(last.length + repeatedBytes(shared, own, width));
            bytes.set(last);
            let [before, at] = [0, last.length];
            for (let index = 0; index < count; index++) {
                const prefix = shared[index] ?? 0;
                if (prefix > at - before)
                    throw (0,parquet_levels/* endedEarly */.S3)();
                const start = at;
                for (let from = before; from < before + prefix; from++)
                    bytes[at++] = bytes[from] ?? 0;
                const end = own.ends[index] ?? 0;
                for (let from = own.starts[index] ?? 0; from < end; from++)
                    bytes[at++] = own.bytes[from] ?? 0;
                own.starts[index] = before = start;
                own.ends[index] = at;
            }
            last = bytes.slice(before, at);
            return { kind: 'bytes', bytes, starts: own.starts, ends: own.ends };
        },
    };
}
function repeatedBytes(shared, { starts, ends }, width) {
    let size = 0;
    for (let index = 0; index < shared.length; index++) {
        const prefix = shared[index] ?? 0;
        const length = prefix + (ends[index] ?? 0) - (starts[index] ?? 0);
        size += length;
        if (prefix < 0 || size > MOST_REPEATED_BYTES)
            throw new thrift/* ParquetDamage */.mt('strings without end');
        if (width !== undefined && length !== width)
            throw new thrift/* ParquetDamage */.mt('values of another length than their column has');
    }
    return size;
}
function splitStreams(storage, { bytes, start, end, scratch }) {
    const width = bytesEach(storage);
    const length = Math.floor((end - start) / width);
    let done = 0;
    return {
        next(count) {
            if (done + count > length)
                throw (0,parquet_levels/* endedEarly */.S3)();
            const joined = scratch.aligned(count * width);
            for (let stream = 0; stream < width; stream++) {
                const from = start + stream * length + done;
                for (let index = 0; index < count; index++)
                    joined[index * width + stream] = bytes[from + index] ?? 0;
            }
            done += count;
            return viewOf(storage, joined, { count, scratch });
        },
    };
}
function dictionaryIndices({ bytes, start, end }) {
    if (start >= end)
        throw (0,parquet_levels/* endedEarly */.S3)();
    return new parquet_levels/* HybridLevels */.im({ bytes, start: start + 1, end }, bytes[start] ?? 0);
}


/***/ }),

/***/ 9287:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Z: () => (/* binding */ ExactValue),
/* harmony export */   Ad: () => (/* binding */ floored),
/* harmony export */   Du: () => (/* binding */ writtenDecimal),
/* harmony export */   GB: () => (/* binding */ PreciseDate),
/* harmony export */   U7: () => (/* binding */ exactMoment),
/* harmony export */   Z5: () => (/* binding */ exactDecimal),
/* harmony export */   mk: () => (/* binding */ quickMoment),
/* harmony export */   t_: () => (/* binding */ writtenDouble)
/* harmony export */ });
class ExactValue {
    kind;
    text;
    constructor(kind, text) {
        this.kind = kind;
        this.text = text;
    }
}
const FURTHEST_MS = 8640000000000000n;
const MILLISECOND = 1000000n;
class PreciseDate extends Date {
    nanoseconds;
    constructor(ms, nanoseconds) {
        super(ms);
        this.nanoseconds = nanoseconds;
    }
    toJSON() {
        const digits = String(1_000_000 + this.nanoseconds).slice(1);
        return this.toISOString().replace('Z', `${digits.replace(/0+$/, '')}Z`);
    }
}
function exactMoment(nanoseconds) {
    const ms = floored(nanoseconds, MILLISECOND);
    if (ms < -FURTHEST_MS || ms > FURTHEST_MS)
        return new ExactValue('moment', `${nanoseconds} ns`);
    return preciseDate(Number(ms), Number(nanoseconds - ms * MILLISECOND));
}
function quickMoment(stored, perMs) {
    const rest = ((stored % perMs) + perMs) % perMs;
    const date = preciseDate((stored - rest) / perMs, rest * (1_000_000 / perMs));
    return Number.isNaN(date.getTime()) ? undefined : date;
}
function preciseDate(ms, nanoseconds) {
    return nanoseconds === 0 ? new Date(ms) : new PreciseDate(ms, nanoseconds);
}
function floored(value, by) {
    const quotient = value / by;
    return value % by < 0n ? quotient - 1n : quotient;
}
const SURE_DIGITS = 1e15;
function exactDecimal(unscaled, scale, nearest) {
    const isSure = scale === 0 || (typeof unscaled === 'number' && Math.abs(unscaled) < SURE_DIGITS);
    return isSure ? nearest : new ExactValue('number', `${unscaled}e-${scale}`);
}
function writtenDecimal(unscaled, scale) {
    if (scale === 0)
        return unscaled;
    const sign = unscaled < 0 ? '-' : '';
    const digits = String(unscaled)
        .replace('-', '')
        .padStart(scale + 1, '0');
    return new ExactValue('number', `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}
function writtenDouble(number) {
    if (!Number.isInteger(number))
        return number;
    const text = Object.is(number, -0) ? '-0' : String(number);
    return new ExactValue('double', text.includes('e') ? text : `${text}.0`);
}


/***/ }),

/***/ 5109:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ chunkOf),
  A: () => (/* binding */ readFooter)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
// EXTERNAL MODULE: ./build/formats/refusal.js
var refusal = __nccwpck_require__(399);
// EXTERNAL MODULE: ./build/lib/content.js
var lib_content = __nccwpck_require__(3361);
// EXTERNAL MODULE: ./build/formats/parquet/codecs.js
var codecs = __nccwpck_require__(8865);
// EXTERNAL MODULE: ./build/formats/parquet/encodings.js + 1 modules
var encodings = __nccwpck_require__(5178);
// EXTERNAL MODULE: ./build/formats/parquet/thrift.js
var thrift = __nccwpck_require__(369);
;// CONCATENATED MODULE: ./build/formats/parquet/schema-elements.js


const REPETITIONS = ['required', 'optional', 'repeated'];
function readElement(reader) {
    let [name, width, children, scale] = ['', 0, 0, 0];
    let physical;
    let repetition = 'required';
    let converted;
    let logical;
    reader.struct((id, type) => {
        if (id === 4 && type === thrift/* THRIFT */.oC.binary)
            name = reader.text();
        else if (id === 10 && type === thrift/* THRIFT */.oC.struct)
            logical = readLogicalType(reader);
        else if (type !== thrift/* THRIFT */.oC.i32 || id > 8)
            return false;
        else if (id === 1)
            physical = known(encodings/* PHYSICAL_TYPES */.kc, reader.integer());
        else if (id === 2)
            width = reader.integer();
        else if (id === 3)
            repetition = known(REPETITIONS, reader.integer());
        else if (id === 5)
            children = reader.integer();
        else if (id === 6)
            converted = reader.integer();
        else if (id === 7)
            scale = reader.integer();
        else
            return false;
        return undefined;
    });
    if (width < 0 || children < 0 || !isScale(scale))
        throw new thrift/* ParquetDamage */.mt('a column of no size');
    if (physical === 'FIXED_LEN_BYTE_ARRAY' && width === 0)
        throw new thrift/* ParquetDamage */.mt('a column of no size');
    const annotation = logical ?? convertedType(converted, scale);
    if (annotation?.kind === 'decimal' && !isScale(annotation.scale))
        throw new thrift/* ParquetDamage */.mt('a decimal of no scale');
    return { name, physical, width, repetition, children, annotation };
}
const MOST_SCALE = 1_000;
function isScale(scale) {
    return scale >= 0 && scale <= MOST_SCALE;
}
function known(names, at) {
    const name = names[at];
    if (name === undefined)
        throw new thrift/* ParquetDamage */.mt('a type that Parquet does not have');
    return name;
}
function readLogicalType(reader) {
    let found;
    reader.struct((id, type) => {
        if (type !== thrift/* THRIFT */.oC.struct)
            return false;
        const plain = PLAIN_TYPES[id];
        if (id === 5)
            found = { kind: 'decimal', scale: readMember(reader, 1) };
        else if (id === 7)
            found = { kind: 'time', unit: readUnit(reader) };
        else if (id === 8)
            found = { kind: 'timestamp', unit: readUnit(reader) };
        else if (id === 10)
            found = readInteger(reader);
        else {
            reader.skip(type);
            found = { kind: plain ?? 'other' };
        }
        return undefined;
    });
    return found;
}
const PLAIN_TYPES = {
    1: 'text',
    2: 'map',
    3: 'list',
    4: 'enum',
    6: 'date',
    12: 'json',
    13: 'bson',
    14: 'uuid',
    15: 'float16',
};
function readMember(reader, member) {
    let value = 0;
    reader.struct((id, type) => {
        if (id !== member || type !== thrift/* THRIFT */.oC.i32)
            return false;
        value = reader.integer();
        return undefined;
    });
    return value;
}
const UNITS = ['milliseconds', 'microseconds', 'nanoseconds'];
function readUnit(reader) {
    let unit = 'milliseconds';
    reader.struct((id, type) => {
        if (id !== 2 || type !== thrift/* THRIFT */.oC.struct)
            return false;
        reader.struct((member) => {
            unit = known(UNITS, member - 1);
            return false;
        });
        return undefined;
    });
    return unit;
}
function readInteger(reader) {
    let [bits, isSigned] = [64, true];
    reader.struct((id, type) => {
        if (id === 1 && type === thrift/* THRIFT */.oC.byte)
            bits = reader.byte();
        else if (id === 2)
            isSigned = type === thrift/* THRIFT */.oC.true;
        else
            return false;
        return undefined;
    });
    return { kind: 'integer', bits, isSigned };
}
function convertedType(converted, scale) {
    if (converted === undefined)
        return undefined;
    if (converted === 5)
        return { kind: 'decimal', scale };
    return CONVERTED_TYPES[converted] ?? { kind: 'other' };
}
const CONVERTED_TYPES = {
    0: { kind: 'text' },
    1: { kind: 'map' },
    2: { kind: 'map' },
    3: { kind: 'list' },
    4: { kind: 'enum' },
    6: { kind: 'date' },
    7: { kind: 'time', unit: 'milliseconds' },
    8: { kind: 'time', unit: 'microseconds' },
    9: { kind: 'timestamp', unit: 'milliseconds' },
    10: { kind: 'timestamp', unit: 'microseconds' },
    11: { kind: 'integer', bits: 8, isSigned: false },
    12: { kind: 'integer', bits: 16, isSigned: false },
    13: { kind: 'integer', bits: 32, isSigned: false },
    14: { kind: 'integer', bits: 64, isSigned: false },
    15: { kind: 'integer', bits: 8, isSigned: true },
    16: { kind: 'integer', bits: 16, isSigned: true },
    17: { kind: 'integer', bits: 32, isSigned: true },
    18: { kind: 'integer', bits: 64, isSigned: true },
    19: { kind: 'json' },
    20: { kind: 'bson' },
    21: { kind: 'interval' },
};

;// CONCATENATED MODULE: ./build/formats/parquet/tree.js

const DEEPEST = 100;
function columnTree(elements) {
    const reader = new TreeReader(elements);
    const root = reader.root();
    return { root, leaves: reader.leaves };
}
class TreeReader {
    leaves = [];
    #elements;
    #leafOf = new Map();
    #at = 0;
    constructor(elements) {
        this.#elements = elements;
    }
    root() {
        const root = this.#next();
        const group = this.#group({ ...root, repetition: 'required' }, { def: 0, rep: 0, path: [] });
        if (this.#at !== this.#elements.length)
            throw new thrift/* ParquetDamage */.mt('a schema with more elements than its groups have');
        return this.#object(group);
    }
    #next() {
        const element = this.#elements[this.#at++];
        if (element === undefined)
            throw new thrift/* ParquetDamage */.mt('a schema with fewer elements than its groups have');
        return element;
    }
    #group(element, { def, rep, path }) {
        if (path.length > DEEPEST)
            throw new thrift/* ParquetDamage */.mt(`groups that nest deeper than ${DEEPEST} levels`);
        const here = {
            def: element.repetition === 'required' ? def : def + 1,
            rep: element.repetition === 'repeated' ? rep + 1 : rep,
            path,
        };
        const first = this.leaves.length;
        const leaf = element.children === 0 ? this.#leaf(element, here) : undefined;
        const children = [];
        for (let child = 0; child < element.children; child++) {
            const inner = this.#next();
            children.push(this.#group(inner, { ...here, path: [...path, inner.name] }));
        }
        const group = { ...here, element, children, leaves: { first, end: this.leaves.length } };
        if (leaf !== undefined)
            this.#leafOf.set(group, leaf);
        return group;
    }
    #leaf({ physical, width, repetition, annotation }, { path, def, rep }) {
        if (physical === undefined)
            throw new thrift/* ParquetDamage */.mt('a column without a type');
        const at = this.leaves.length;
        const storage = { physical, width };
        const leaf = {
            kind: 'leaf',
            path,
            repetition,
            storage,
            annotation,
            def,
            rep,
            leaves: { first: at, end: at + 1 },
        };
        this.leaves.push(leaf);
        return leaf;
    }
    #node(group) {
        const { element, def, rep, leaves } = group;
        if (element.repetition !== 'repeated')
            return this.#value(group);
        return { kind: 'list', def: def - 1, rep: rep - 1, leaves, itemDef: def, item: this.#value(group) };
    }
    #value(group) {
        const leaf = this.#leafOf.get(group);
        if (leaf !== undefined)
            return leaf;
        const kind = group.element.annotation?.kind;
        const [only, ...others] = group.children;
        if (only?.element.repetition === 'repeated' && others.length === 0) {
            if (kind === 'list')
                return this.#list(group, only);
            if (kind === 'map' && isEntries(only))
                return this.#map(group, only);
        }
        return this.#object(group);
    }
    #object({ children, def, rep, leaves }) {
        const members = children.map((child) => ({ name: child.element.name, node: this.#node(child) }));
        return { kind: 'object', def, rep, leaves, members };
    }
    #list({ element, def, rep, leaves }, repeated) {
        const [inner, ...others] = repeated.children;
        const isItem = inner === undefined ||
            others.length > 0 ||
            inner.element.repetition === 'repeated' ||
            repeated.element.name === 'array' ||
            repeated.element.name === `${element.name}_tuple`;
        const item = isItem ? this.#value(repeated) : this.#node(inner);
        return { kind: 'list', def, rep, leaves, itemDef: repeated.def, item };
    }
    #map({ def, rep, leaves }, entries) {
        const [key, value] = entries.children;
        if (key === undefined)
            throw new thrift/* ParquetDamage */.mt('a map without keys');
        const nodes = { key: this.#node(key), value: value === undefined ? undefined : this.#node(value) };
        return { kind: 'map', def, rep, leaves, itemDef: entries.def, ...nodes };
    }
}
function isEntries({ children }) {
    return children.length > 0 && children.length <= 2 && children[0]?.element.repetition !== 'repeated';
}

;// CONCATENATED MODULE: ./build/formats/parquet/footer.js








const CHUNK_NUMBERS = 4;
function chunkOf({ chunks }, leaf) {
    const at = leaf * CHUNK_NUMBERS;
    const start = chunks[at] ?? 0;
    return {
        start,
        end: start + (chunks[at + 1] ?? 0),
        entries: chunks[at + 2] ?? 0,
        codec: codecs/* CODECS */.Q[chunks[at + 3] ?? 0] ?? 'UNCOMPRESSED',
    };
}
const TAIL_BYTES = 8;
const SMALLEST_BYTES = 12;
const LARGEST_FOOTER_BYTES = 64 * 1024 * 1024;
async function readFooter(content) {
    const tail = await (0,lib_content/* readAll */.yw)(content.slice(Math.max(0, content.size - TAIL_BYTES), content.size));
    const refused = await refuseMagic(content, tail);
    if (refused !== undefined)
        return refused;
    const footerBytes = Buffer.from(tail).readUInt32LE(0);
    const dataEnd = content.size - TAIL_BYTES - footerBytes;
    if (dataEnd < 4)
        return refuseFooter('it would be longer than the file');
    if (footerBytes > LARGEST_FOOTER_BYTES)
        return refuseFooter('it is longer than 64 MiB');
    const footer = await (0,lib_content/* readAll */.yw)(content.slice(dataEnd, content.size - TAIL_BYTES));
    try {
        return refuseUnfit(await parseFooter(footer), dataEnd);
    }
    catch (error) {
        if (!(error instanceof thrift/* ParquetDamage */.mt))
            throw error;
        return refuseFooter(`it holds ${error.message}`);
    }
}
function refuseFooter(found) {
    return (0,refusal/* refuseContent */.y1)('parquet-footer', { found });
}
async function refuseMagic(content, tail) {
    const first = toAscii(await (0,lib_content/* readAll */.yw)(content.slice(0, Math.min(4, content.size))));
    const last = toAscii(tail.subarray(-4));
    if (first === 'PARE' || (first === 'PAR1' && last === 'PARE'))
        return (0,refusal/* refuseContent */.y1)('parquet-encrypted');
    if (first !== 'PAR1')
        return (0,refusal/* refuseContent */.y1)('not-parquet');
    return last === 'PAR1' && content.size >= SMALLEST_BYTES ? undefined : (0,refusal/* refuseContent */.y1)('parquet-truncated');
}
function toAscii(bytes) {
    return Buffer.from(bytes).toString('latin1');
}
function refuseUnfit(footer, dataEnd) {
    const { kind, tree, rows, groups } = footer;
    if (footer.isEncrypted)
        return (0,refusal/* refuseContent */.y1)('parquet-encrypted');
    if (rows < 0 || groups.some((group) => group.rows < 0))
        return refuseFooter('its number of rows is below zero');
    const inGroups = groups.reduce((sum, group) => sum + group.rows, 0);
    if (!Number.isSafeInteger(rows) || rows !== inGroups) {
        return refuseFooter('its number of rows is not that of its row groups');
    }
    if (rows === 0)
        return (0,refusal/* refuseContent */.y1)('no-rows');
    if (footer.isElsewhere || !groups.every((group) => isInside(group, dataEnd)))
        return (0,refusal/* refuseContent */.y1)('parquet-ranges');
    return { kind, tree, rows, groups };
}
function isInside({ rows, chunks }, dataEnd) {
    if (rows === 0)
        return true;
    for (let at = 0; at < chunks.length; at += CHUNK_NUMBERS) {
        const [start, bytes] = [chunks[at] ?? 0, chunks[at + 1] ?? 0];
        if (start < 4 || bytes < 0 || start + bytes > dataEnd)
            return false;
    }
    return true;
}
const BYTES_AT_ONCE = 1024 * 1024;
const MOST_ELEMENTS = 100_000;
async function parseFooter(bytes) {
    const reader = new thrift/* ThriftReader */.xW(bytes);
    const parser = new FooterParser(reader);
    await reader.longStruct((id, type) => {
        if (id === 2 && type === thrift/* THRIFT */.oC.list)
            return parser.schema();
        if (id === 3 && type === thrift/* THRIFT */.oC.i64)
            return parser.count();
        if (id === 4 && type === thrift/* THRIFT */.oC.list)
            return parser.rowGroups();
        if (id === 8)
            parser.isEncrypted = true;
        return false;
    });
    return parser.footer();
}
class FooterParser {
    isEncrypted = false;
    #reader;
    #tree;
    #types = new Uint8Array(0);
    #rows = -1;
    #groups = [];
    #isElsewhere = false;
    #turnAt = BYTES_AT_ONCE;
    constructor(reader) {
        this.#reader = reader;
    }
    schema() {
        const elements = [];
        this.#reader.list((type) => {
            if (type !== thrift/* THRIFT */.oC.struct)
                throw new thrift/* ParquetDamage */.mt('a schema without elements');
            elements.push(readElement(this.#reader));
            if (elements.length > MOST_ELEMENTS)
                throw new thrift/* ParquetDamage */.mt(`more than ${MOST_ELEMENTS} columns`);
        });
        this.#tree = columnTree(elements);
        this.#types = Uint8Array.from(this.#tree.leaves, ({ storage }) => encodings/* PHYSICAL_TYPES */.kc.indexOf(storage.physical));
    }
    count() {
        this.#rows = this.#reader.integer();
    }
    async rowGroups() {
        await this.#reader.longList(async (type) => {
            if (type !== thrift/* THRIFT */.oC.struct)
                throw new thrift/* ParquetDamage */.mt('row groups that are none');
            this.#groups.push(this.#rowGroup());
            if (this.#reader.at < this.#turnAt)
                return;
            this.#turnAt = this.#reader.at + BYTES_AT_ONCE;
            await (0,promises_.setImmediate)();
        });
    }
    footer() {
        if (this.#tree === undefined || this.#tree.leaves.length === 0)
            throw new thrift/* ParquetDamage */.mt('no columns');
        return {
            kind: 'footer',
            tree: this.#tree,
            rows: this.#rows,
            groups: this.#groups,
            isEncrypted: this.isEncrypted,
            isElsewhere: this.#isElsewhere,
        };
    }
    #rowGroup() {
        const reader = this.#reader;
        let rows = -1;
        const chunks = new Float64Array(this.#types.length * CHUNK_NUMBERS);
        let filled = 0;
        reader.struct((id, type) => {
            if (id === 3 && type === thrift/* THRIFT */.oC.i64)
                rows = reader.integer();
            else if (id !== 1 || type !== thrift/* THRIFT */.oC.list)
                return false;
            else
                reader.list((item) => {
                    if (item !== thrift/* THRIFT */.oC.struct || filled >= this.#types.length)
                        throw unfitGroup();
                    this.#columnChunk(chunks, filled++);
                });
            return undefined;
        });
        if (filled !== this.#types.length)
            throw unfitGroup();
        return { rows, chunks };
    }
    #columnChunk(chunks, leaf) {
        const reader = this.#reader;
        let hasData = false;
        reader.struct((id, type) => {
            if (id === 1 && type === thrift/* THRIFT */.oC.binary)
                this.#isElsewhere ||= reader.binary().length > 0;
            else if (id === 3 && type === thrift/* THRIFT */.oC.struct) {
                hasData = true;
                this.#chunkData(chunks, leaf);
            }
            else {
                if (id === 8)
                    this.isEncrypted = true;
                return false;
            }
            return undefined;
        });
        if (!hasData && !this.isEncrypted)
            this.#isElsewhere = true;
    }
    #chunkData(chunks, leaf) {
        const reader = this.#reader;
        let [physical, codec, entries, bytes, page, dictionary] = [-1, -1, -1, -1, 0, 0];
        reader.struct((id, type) => {
            if (type === thrift/* THRIFT */.oC.i32 && id === 1)
                physical = reader.integer();
            else if (type === thrift/* THRIFT */.oC.i32 && id === 4)
                codec = reader.integer();
            else if (type !== thrift/* THRIFT */.oC.i64)
                return false;
            else if (id === 5)
                entries = reader.integer();
            else if (id === 7)
                bytes = reader.integer();
            else if (id === 9)
                page = reader.integer();
            else if (id === 11)
                dictionary = reader.integer();
            else
                return false;
            return undefined;
        });
        if (physical !== this.#types[leaf] || codecs/* CODECS */.Q[codec] === undefined)
            throw unfitGroup();
        chunks.set([dictionary > 0 ? Math.min(dictionary, page) : page, bytes, entries, codec], leaf * CHUNK_NUMBERS);
    }
}
function unfitGroup() {
    return new thrift/* ParquetDamage */.mt('row groups with other columns than its schema has');
}


/***/ }),

/***/ 4951:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  s: () => (/* binding */ bytesFrom),
  Y: () => (/* binding */ parquetFormat)
});

// EXTERNAL MODULE: ./build/formats/record.js
var record = __nccwpck_require__(1242);
// EXTERNAL MODULE: ./build/lib/content.js
var lib_content = __nccwpck_require__(3361);
// EXTERNAL MODULE: ./build/lib/errors.js
var errors = __nccwpck_require__(1469);
// EXTERNAL MODULE: ./build/formats/parquet/columns.js + 2 modules
var columns = __nccwpck_require__(5646);
// EXTERNAL MODULE: ./build/formats/parquet/footer.js + 2 modules
var parquet_footer = __nccwpck_require__(5109);
// EXTERNAL MODULE: ./build/formats/parquet/records.js
var records = __nccwpck_require__(602);
;// CONCATENATED MODULE: ./build/formats/parquet/summary.js

async function parquetSummary(content) {
    const footer = await (0,parquet_footer/* readFooter */.A)(content);
    return footer.kind === 'refused' ? footer : shapeOf(footer);
}
function shapeOf({ rows, groups, tree }) {
    const columns = tree.leaves.map((leaf) => {
        const { path, repetition } = leaf;
        const oddity = oddityOf(leaf);
        return { path, meaning: meaningOf(leaf), repetition, ...(oddity && { oddity }) };
    });
    return { format: 'parquet', rows, rowGroups: groups.length, columns };
}
function meaningOf(leaf) {
    const { annotation, storage } = leaf;
    switch (annotation?.kind) {
        case 'text':
        case 'enum':
        case 'json':
            return 'string';
        case 'date':
            return 'date';
        case 'decimal':
            return 'double';
        case 'timestamp':
            return annotation.unit === 'nanoseconds' ? 'other' : 'date-time';
        case 'integer':
            return (annotation.isSigned ? INTEGERS[annotation.bits] : undefined) ?? 'other';
        case undefined:
            return PHYSICAL[storage.physical];
        default:
            return 'other';
    }
}
const INTEGERS = { 8: 'byte', 16: 'short', 32: 'integer', 64: 'long' };
const PHYSICAL = {
    BOOLEAN: 'boolean',
    INT32: 'integer',
    INT64: 'long',
    INT96: 'date-time',
    FLOAT: 'double',
    DOUBLE: 'double',
    BYTE_ARRAY: 'string',
    FIXED_LEN_BYTE_ARRAY: 'other',
};
function oddityOf({ annotation, storage }) {
    switch (annotation?.kind) {
        case 'timestamp':
            return annotation.unit === 'nanoseconds' ? NANOSECONDS : undefined;
        case 'time':
            return { is: 'a column of times of day', hint: 'write them as a timestamp in milliseconds, or as strings' };
        case 'integer':
            return annotation.isSigned ? undefined : UNSIGNED;
        case 'uuid':
            return { is: 'a column of UUIDs in 16 bytes each', hint: 'write them as strings' };
        case 'float16':
            return { is: 'a column of 16-bit floating-point numbers', hint: 'write them as float or double' };
        case undefined:
            return storage.physical === 'FIXED_LEN_BYTE_ARRAY' ? BYTES : undefined;
        case 'bson':
        case 'interval':
        case 'other':
            return { is: 'a column of an unusual type', hint: 'write it as a string, number, boolean, date or timestamp' };
        default:
            return undefined;
    }
}
const NANOSECONDS = {
    is: 'a column of timestamps in nanoseconds, which Spark refuses in many versions',
    hint: 'write milliseconds: coerce_timestamps="ms" of pyarrow and pandas',
};
const UNSIGNED = { is: 'a column of unsigned integers', hint: 'write signed integers of 32 or 64 bits' };
const BYTES = {
    is: 'a column of bytes of fixed length',
    hint: 'write text with the type string: pyarrow.string(), StringType of Spark',
};

// EXTERNAL MODULE: ./build/formats/parquet/thrift.js
var thrift = __nccwpck_require__(369);
;// CONCATENATED MODULE: ./build/formats/parquet/format.js








const parquetFormat = {
    extensions: ['.parquet'],
    placedBy: 'row',
    isJoinedByLines: false,
    isReadApart: true,
    isUntyped: false,
    summarise: summariseParquet,
    slices: (content) => partsOf(content),
    readSlice: ({ layout }, sink, read) => readRows(layout, sink, read),
    split: async () => [],
    lacksColumn: ({ columns }, path) => !columns.some((column) => path.every((name, depth) => column.path[depth] === name)),
    shown: { areValuesTexts: false, areMomentsRespelled: true, isCorruptText: false },
    inputFormat: () => ({ format: 'parquet' }),
};
async function summariseParquet({ content }, options) {
    const shape = await parquetSummary(content);
    if (!('format' in shape))
        return shape;
    const { onBytes, read } = options;
    if (onBytes !== undefined)
        for await (const chunk of content.bytes())
            onBytes(chunk);
    await read?.(content, shape);
    return { kind: 'records', rows: shape.rows, shape, isMultiLine: false, isRewritten: false };
}
let files = 0;
async function* partsOf(content) {
    const footer = await (0,parquet_footer/* readFooter */.A)(content);
    if (footer.kind === 'refused')
        throw new errors/* Problem */.AF(`The Parquet file ${footer.says}`, { remedy: footer.remedy });
    const file = ++files;
    const leaves = (0,records/* allLeaves */.K)(footer);
    for (const [index, group] of footer.groups.entries()) {
        if (group.rows === 0)
            continue;
        const parts = (0,columns/* countParts */.MA)((0,columns/* bytesOf */.$$)(group, leaves));
        for (let part = 0; part < parts; part++) {
            const layout = { file, tree: footer.tree, group, groupNumber: index + 1, part, parts };
            yield { format: 'parquet', bytes: new Uint8Array(0), layout };
        }
    }
}
function bytesFrom(content) {
    return async (start, end, spare) => {
        if (content.fill === undefined)
            return await (0,lib_content/* readAll */.yw)(content.slice(start, end));
        const bytes = roomOf(spare, end - start);
        content.fill(bytes, start);
        return bytes;
    };
}
function roomOf(spare, bytes) {
    const isEnough = spare !== undefined && spare.buffer.byteLength >= bytes;
    return isEnough ? new Uint8Array(spare.buffer, 0, bytes) : new Uint8Array(bytes);
}
async function readRows({ tree, group, part }, sink, read) {
    if (part > 0)
        return record/* NOTHING */.K$;
    let row = 0;
    try {
        const rows = new records/* RowReader */.o({ tree, group, leaves: (0,records/* allLeaves */.K)({ tree }), read, typedValues: sink.typedValues });
        for (let record = await rows.next(); record !== undefined; record = await rows.next()) {
            if (row === group.rows)
                throw new thrift/* ParquetDamage */.mt('more rows than its row group has');
            sink.value(record, placeOfRow(row++));
            const pause = sink.pause?.();
            if (pause !== undefined)
                await pause;
        }
        if (row < group.rows)
            throw new thrift/* ParquetDamage */.mt('fewer rows than its row group has');
    }
    catch (error) {
        if (!(error instanceof thrift/* ParquetDamage */.mt))
            throw error;
        sink.corrupt(UNREADABLE, placeOfRow(row), Math.max(1, group.rows - row));
    }
    return record/* NOTHING */.K$;
}
function placeOfRow(index) {
    return { placeOf: () => ({ kind: 'row', row: index + 1 }) };
}
const UNREADABLE = {
    code: 'corrupt-record',
    level: 'error',
    fate: 'fails-batch',
    path: '',
    expected: 'rows that can be read',
    received: 'a row group that is damaged, or packed in a way that is not read here',
};


/***/ }),

/***/ 7737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S3: () => (/* binding */ endedEarly),
/* harmony export */   cc: () => (/* binding */ constantLevels),
/* harmony export */   im: () => (/* binding */ HybridLevels),
/* harmony export */   jY: () => (/* binding */ bitPackedLevels),
/* harmony export */   qz: () => (/* binding */ widthOf),
/* harmony export */   wX: () => (/* binding */ bitsAt)
/* harmony export */ });
/* harmony import */ var _thrift_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(369);

function constantLevels(value) {
    return { run: Infinity, value, pass: () => undefined, read: (out, count) => void out.fill(value, 0, count) };
}
function widthOf(most) {
    return 32 - Math.clz32(most);
}
class HybridLevels {
    #bytes;
    #end;
    #width;
    #at;
    #left = 0;
    #isPacked = false;
    #value = 0;
    #bit = 0;
    constructor({ bytes, start, end }, width) {
        if (width > 32 || end > bytes.length || start > end)
            throw new _thrift_js__WEBPACK_IMPORTED_MODULE_0__/* .ParquetDamage */ .mt('levels that go on behind their page');
        this.#bytes = bytes;
        this.#at = start;
        this.#end = end;
        this.#width = width;
        if (width === 0)
            this.#left = Infinity;
    }
    get run() {
        if (this.#left === 0)
            this.#load();
        return this.#isPacked ? 0 : this.#left;
    }
    get value() {
        return this.#value;
    }
    pass(count) {
        this.#left -= count;
    }
    read(out, count) {
        for (let at = 0; at < count;) {
            if (this.#left === 0)
                this.#load();
            const taken = Math.min(this.#left, count - at);
            if (this.#isPacked)
                this.#unpack(out, at, at + taken);
            else
                out.fill(this.#value, at, at + taken);
            this.#left -= taken;
            at += taken;
        }
    }
    #load() {
        while (this.#left === 0) {
            if (this.#isPacked)
                this.#at += Math.ceil(this.#bit / 8);
            this.#bit = 0;
            const header = this.#varint();
            this.#isPacked = (header & 1) === 1;
            if (this.#isPacked)
                this.#left = this.#packedCount(header);
            else {
                this.#left = Math.floor(header / 2);
                this.#value = this.#fixed();
            }
        }
    }
    #packedCount(header) {
        const count = Math.floor(header / 2) * 8;
        const held = Math.floor(((this.#end - this.#at) * 8) / this.#width);
        if (held === 0 && count > 0)
            throw endedEarly();
        return Math.min(count, held);
    }
    #unpack(out, from, to) {
        const [width, bytes] = [this.#width, this.#bytes];
        let bit = this.#at * 8 + this.#bit;
        if (width === 1) {
            for (let at = from; at < to; at++, bit++)
                out[at] = ((bytes[bit >>> 3] ?? 0) >>> (bit & 7)) & 1;
        }
        else if (width <= 8) {
            const mask = (1 << width) - 1;
            for (let at = from; at < to; at++, bit += width) {
                const byte = bit >>> 3;
                out[at] = (((bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8)) >>> (bit & 7)) & mask;
            }
        }
        else {
            for (let at = from; at < to; at++, bit += width)
                out[at] = bitsAt(bytes, bit, width);
        }
        this.#bit += (to - from) * width;
    }
    #varint() {
        let [value, factor] = [0, 1];
        for (let index = 0; index < 5; index++) {
            if (this.#at >= this.#end)
                throw endedEarly();
            const byte = this.#bytes[this.#at++] ?? 0;
            value += (byte & 127) * factor;
            if (byte < 128)
                return value;
            factor *= 128;
        }
        throw new _thrift_js__WEBPACK_IMPORTED_MODULE_0__/* .ParquetDamage */ .mt('a run of levels without end');
    }
    #fixed() {
        let value = 0;
        for (let shift = 0; shift < this.#width; shift += 8) {
            if (this.#at >= this.#end)
                throw endedEarly();
            value |= (this.#bytes[this.#at++] ?? 0) << shift;
        }
        return value >>> 0;
    }
}
function endedEarly() {
    return new _thrift_js__WEBPACK_IMPORTED_MODULE_0__/* .ParquetDamage */ .mt('a page with fewer values than it says');
}
const HIGH_BITS = 2 ** 24;
function bitsAt(bytes, bit, width) {
    if (width > 24)
        return bitsAt(bytes, bit, 24) + bitsAt(bytes, bit + 24, width - 24) * HIGH_BITS;
    const at = bit >>> 3;
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    return (word >>> (bit & 7)) & ((1 << width) - 1);
}
function bitPackedLevels({ bytes, start, end }, width) {
    let bit = start * 8;
    return {
        run: 0,
        value: 0,
        pass: () => undefined,
        read(out, count) {
            if (bit + count * width > end * 8)
                throw endedEarly();
            for (let at = 0; at < count; at++) {
                let value = 0;
                for (let index = 0; index < width; index++, bit++) {
                    value = (value << 1) | (((bytes[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1);
                }
                out[at] = value;
            }
        },
    };
}


/***/ }),

/***/ 1830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  f8: () => (/* binding */ LeafPages),
  wV: () => (/* binding */ MOST_PAGE_BYTES),
  T2: () => (/* binding */ PageTooLarge)
});

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
// EXTERNAL MODULE: ./build/formats/parquet/codecs.js
var codecs = __nccwpck_require__(8865);
// EXTERNAL MODULE: ./build/formats/parquet/encodings.js + 1 modules
var encodings = __nccwpck_require__(5178);
// EXTERNAL MODULE: ./build/formats/parquet/thrift.js
var thrift = __nccwpck_require__(369);
;// CONCATENATED MODULE: ./build/formats/parquet/data-page.js


const NO_VALUES = { kind: 'none' };
const BATCH_ENTRIES = 16_384;
class DataPage {
    kind = 'page';
    #header;
    #of;
    #leaf;
    #rep;
    #def;
    #values;
    #left;
    #rows = 0;
    constructor(header, { rep, def, values }, of) {
        const { leaf, dictionary } = of;
        const { encoding } = header;
        this.#header = header;
        this.#of = of;
        this.#leaf = leaf;
        this.#rep = rep;
        this.#def = def;
        this.#left = header.entries;
        const isIndexed = encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY';
        const decode = () => (0,encodings/* decoderOf */.qf)(encoding, leaf.storage, values);
        this.#values = isIndexed ? new IndexSource(values, dictionary) : new PlainSource(decode);
    }
    next() {
        if (this.#left === 0)
            return undefined;
        const batch = this.#run() ?? this.#some(Math.min(BATCH_ENTRIES, this.#left));
        if (this.#left === this.#header.entries && this.#of.beginsRow && firstOf(batch.rep) !== 0) {
            throw new thrift/* ParquetDamage */.mt('a page that continues a row that does not exist');
        }
        this.#left -= batch.entries;
        this.#rows += countLevel(batch.rep, 0, batch.entries);
        if (this.#left === 0)
            refuseRows(this.#header, this.#rows);
        return batch;
    }
    #run() {
        const entries = Math.min(this.#left, this.#def.run, this.#rep.run);
        if (entries < BATCH_ENTRIES)
            return undefined;
        const [def, rep] = [this.#def.value, this.#rep.value];
        if (def !== this.#leaf.def)
            return this.#pass({ entries, def, rep, count: 0, values: NO_VALUES });
        const run = Math.min(entries, this.#values.run);
        if (run < BATCH_ENTRIES)
            return undefined;
        return this.#pass({ entries: run, def, rep, count: run, values: this.#values.passRun(run) });
    }
    #pass(batch) {
        this.#def.pass(batch.entries);
        this.#rep.pass(batch.entries);
        return this.#checked(batch);
    }
    #some(entries) {
        const { scratch } = this.#of;
        const def = takeLevels(this.#def, entries, () => scratch.levels('def', entries));
        const rep = takeLevels(this.#rep, entries, () => scratch.levels('rep', entries));
        const count = countLevel(def, this.#leaf.def, entries);
        const values = count === 0 ? NO_VALUES : this.#values.next(count);
        return this.#checked({ entries, def, rep, count, values });
    }
    #checked(batch) {
        if (highestOf(batch.def) > this.#leaf.def || highestOf(batch.rep) > this.#leaf.rep) {
            throw new thrift/* ParquetDamage */.mt('levels that its column does not have');
        }
        return batch;
    }
}
function takeLevels(levels, entries, room) {
    if (levels.run >= entries) {
        const { value } = levels;
        levels.pass(entries);
        return value;
    }
    const out = room();
    levels.read(out, entries);
    return out;
}
function firstOf(levels) {
    return typeof levels === 'number' ? levels : (levels[0] ?? 0);
}
function countLevel(levels, level, entries) {
    if (typeof levels === 'number')
        return levels === level ? entries : 0;
    let count = 0;
    for (let at = 0; at < levels.length; at++)
        if (levels[at] === level)
            count++;
    return count;
}
function highestOf(levels) {
    if (typeof levels === 'number')
        return levels;
    let highest = 0;
    for (let at = 0; at < levels.length; at++) {
        const level = levels[at] ?? 0;
        if (level > highest)
            highest = level;
    }
    return highest;
}
class PlainSource {
    run = 0;
    #make;
    #decoder;
    constructor(make) {
        this.#make = make;
    }
    passRun(count) {
        return this.next(count);
    }
    next(count) {
        this.#decoder ??= this.#make();
        return { kind: 'plain', raw: this.#decoder.next(count) };
    }
}
class IndexSource {
    #span;
    #dictionary;
    #levels;
    constructor(span, dictionary) {
        this.#span = span;
        this.#dictionary = dictionary;
    }
    get run() {
        return this.#open().levels.run;
    }
    passRun(count) {
        const { levels, dictionary } = this.#open();
        const index = levels.value;
        levels.pass(count);
        if (index >= dictionary.count)
            throw outside();
        return { kind: 'repeated', index, dictionary };
    }
    next(count) {
        const { levels, dictionary } = this.#open();
        if (levels.run >= count)
            return this.passRun(count);
        const indices = this.#span.scratch.integers('indices', count);
        levels.read(indices, count);
        for (let at = 0; at < count; at++)
            if ((indices[at] ?? 0) >>> 0 >= dictionary.count)
                throw outside();
        return { kind: 'indices', indices, dictionary };
    }
    #open() {
        const dictionary = this.#dictionary;
        if (dictionary === undefined)
            throw new thrift/* ParquetDamage */.mt('a page whose dictionary is missing');
        this.#levels ??= (0,encodings/* dictionaryIndices */.US)(this.#span);
        return { levels: this.#levels, dictionary };
    }
}
function outside() {
    return new thrift/* ParquetDamage */.mt('a page that points outside of its dictionary');
}
function refuseRows({ rows }, counted) {
    if (rows !== undefined && rows !== counted)
        throw new thrift/* ParquetDamage */.mt('a page with another number of rows than it says');
}

// EXTERNAL MODULE: ./build/formats/parquet/levels.js
var parquet_levels = __nccwpck_require__(7737);
;// CONCATENATED MODULE: ./build/formats/parquet/page-header.js


const KINDS = ['data', 'other', 'dictionary', 'data-v2'];
function readPageHeader(reader) {
    let [type, unpackedBytes, packedBytes] = [-1, -1, -1];
    let checksum;
    let details = NO_DETAILS;
    reader.struct((id, fieldType) => {
        if (fieldType === thrift/* THRIFT */.oC.i32 && id === 1)
            type = reader.integer();
        else if (fieldType === thrift/* THRIFT */.oC.i32 && id === 2)
            unpackedBytes = reader.integer();
        else if (fieldType === thrift/* THRIFT */.oC.i32 && id === 3)
            packedBytes = reader.integer();
        else if (fieldType === thrift/* THRIFT */.oC.i32 && id === 4)
            checksum = reader.integer() >>> 0;
        else if (fieldType === thrift/* THRIFT */.oC.struct && id === 5)
            details = readDataPage(reader);
        else if (fieldType === thrift/* THRIFT */.oC.struct && id === 7)
            details = readDictionaryPage(reader);
        else if (fieldType === thrift/* THRIFT */.oC.struct && id === 8)
            details = readDataPageV2(reader);
        else
            return false;
        return undefined;
    });
    if (unpackedBytes < 0 || packedBytes < 0 || details.entries < 0)
        throw new thrift/* ParquetDamage */.mt('a page header that is none');
    return { ...details, kind: KINDS[type] ?? 'other', unpackedBytes, packedBytes, checksum };
}
const NO_DETAILS = {
    entries: 0,
    rows: undefined,
    encoding: 'PLAIN',
    areLevelsBitPacked: { def: false, rep: false },
    levelBytes: { def: 0, rep: 0 },
    isPacked: true,
};
function readDataPage(reader) {
    const [entries, encoding, def, rep] = readNumbers(reader, [1, 2, 3, 4]);
    return {
        ...NO_DETAILS,
        entries: entries ?? -1,
        encoding: encodingOf(encoding),
        areLevelsBitPacked: { def: encodingOf(def) === 'BIT_PACKED', rep: encodingOf(rep) === 'BIT_PACKED' },
    };
}
function readDictionaryPage(reader) {
    const [entries] = readNumbers(reader, [1]);
    return { ...NO_DETAILS, entries: entries ?? -1 };
}
function readDataPageV2(reader) {
    let isPacked = true;
    const [entries, rows, encoding, def, rep] = readNumbers(reader, [1, 3, 4, 5, 6], (id, type) => {
        if (id === 7)
            isPacked = type === thrift/* THRIFT */.oC.true;
    });
    const levelBytes = { def: def ?? -1, rep: rep ?? -1 };
    if (levelBytes.def < 0 || levelBytes.rep < 0)
        throw new thrift/* ParquetDamage */.mt('a page header that is none');
    return { ...NO_DETAILS, entries: entries ?? -1, rows, encoding: encodingOf(encoding), levelBytes, isPacked };
}
function readNumbers(reader, ids, onFlag = () => undefined) {
    const found = ids.map(() => undefined);
    reader.struct((id, type) => {
        if (type === thrift/* THRIFT */.oC.true || type === thrift/* THRIFT */.oC.false)
            onFlag(id, type);
        const at = type === thrift/* THRIFT */.oC.i32 ? ids.indexOf(id) : -1;
        if (at < 0)
            return false;
        found[at] = reader.integer();
        return undefined;
    });
    return found;
}
function encodingOf(number) {
    const encoding = encodings/* ENCODINGS */.JC[number ?? -1];
    if (encoding === undefined)
        throw new thrift/* ParquetDamage */.mt('a page with an encoding that Parquet does not have');
    return encoding;
}

// EXTERNAL MODULE: ./build/formats/parquet/scratch.js
var parquet_scratch = __nccwpck_require__(3874);
;// CONCATENATED MODULE: ./build/formats/parquet/pages.js








const MOST_PAGE_BYTES = 64 * 1024 * 1024;
class PageTooLarge extends thrift/* ParquetDamage */.mt {
    bytes;
    constructor(bytes) {
        super('a page that is too large');
        this.bytes = bytes;
    }
}
class LeafPages {
    pages = 0;
    #source;
    #window;
    #at;
    #left;
    #dictionary;
    constructor(source) {
        this.#source = source;
        this.#window = new Window(source);
        this.#at = source.chunk.start;
        this.#left = source.chunk.entries;
    }
    async next(rowsToSkip = 0) {
        while (this.#left > 0) {
            if (this.#at >= this.#source.chunk.end)
                throw new thrift/* ParquetDamage */.mt('a column that ends before its values do');
            this.pages++;
            const header = await this.#header();
            if (header.kind === 'dictionary')
                this.#dictionary = this.#readDictionary(header, await this.#body(header));
            else if (header.kind === 'other')
                this.#at += header.packedBytes;
            else {
                const isFirst = this.#left === this.#source.chunk.entries;
                this.#left -= header.entries;
                if (this.#left < 0)
                    throw new thrift/* ParquetDamage */.mt('a page with more values than its column has');
                if (this.#source.leaf.rep === 0)
                    refuseRows(header, header.entries);
                if (this.#source.leaf.rep === 0 && header.entries > 0 && header.entries <= rowsToSkip) {
                    this.#at += header.packedBytes;
                    return { kind: 'skipped', rows: header.entries };
                }
                return this.#dataPage(header, await this.#body(header), isFirst);
            }
        }
        return undefined;
    }
    async #header() {
        for (let bytes = FIRST_HEADER_BYTES;; bytes *= 8) {
            const head = await this.#window.bytes(this.#at, bytes);
            const reader = new thrift/* ThriftReader */.xW(head);
            try {
                const header = readPageHeader(reader);
                this.#at += reader.at;
                return header;
            }
            catch (error) {
                if (head.length < bytes || bytes > MOST_HEADER_BYTES)
                    throw error;
            }
        }
    }
    async #body({ packedBytes, unpackedBytes, checksum }) {
        const most = Math.max(packedBytes, unpackedBytes);
        if (most > MOST_PAGE_BYTES)
            throw new PageTooLarge(most);
        const body = await this.#window.bytes(this.#at, packedBytes);
        if (body.length < packedBytes)
            throw new thrift/* ParquetDamage */.mt('a page that extends beyond its column');
        if (checksum !== undefined && (0,external_node_zlib_.crc32)(body) !== checksum)
            throw new thrift/* ParquetDamage */.mt('a page that is not what its checksum says');
        this.#at += packedBytes;
        return body;
    }
    #readDictionary({ entries, unpackedBytes }, body) {
        const { leaf, chunk } = this.#source;
        if (this.#dictionary !== undefined)
            throw new thrift/* ParquetDamage */.mt('a second dictionary');
        if (leaf.storage.physical === 'BOOLEAN' || entries > unpackedBytes)
            throw new thrift/* ParquetDamage */.mt('a dictionary that is none');
        const scratch = new parquet_scratch/* Scratch */.f();
        const unpacked = (0,codecs/* unpack */.l)({ codec: chunk.codec, packed: body }, unpackedBytes, scratch);
        const bytes = chunk.codec === 'UNCOMPRESSED' ? unpacked.slice() : unpacked;
        const decoder = (0,encodings/* plainDecoder */.tC)(leaf.storage, { bytes, start: 0, end: bytes.length, scratch });
        return { raw: decoder.next(entries), count: entries };
    }
    #dataPage(header, body, isFirst) {
        const { leaf, scratch } = this.#source;
        const parts = header.kind === 'data' ? splitPage(header, body, this.#source) : splitPageV2(header, body, this.#source);
        const beginsRow = isFirst || header.kind === 'data-v2';
        return new DataPage(header, parts, { leaf, scratch, dictionary: this.#dictionary, beginsRow });
    }
}
const FIRST_HEADER_BYTES = 256;
const MOST_HEADER_BYTES = 8 * 1024 * 1024;
class Window {
    #source;
    #start = 0;
    #bytes = new Uint8Array(0);
    constructor(source) {
        this.#source = source;
    }
    async bytes(at, length) {
        const { read, windowBytes, chunk, scratch } = this.#source;
        const end = Math.min(at + length, chunk.end);
        if (at < this.#start || end > this.#start + this.#bytes.length) {
            this.#bytes = await read(at, Math.min(Math.max(end, at + windowBytes), chunk.end), scratch.spare);
            scratch.spare = this.#bytes;
            this.#start = at;
        }
        return this.#bytes.subarray(at - this.#start, end - this.#start);
    }
}
function splitPage(header, body, { leaf, chunk, scratch }) {
    const bytes = (0,codecs/* unpack */.l)({ codec: chunk.codec, packed: body }, header.unpackedBytes, scratch);
    let start = 0;
    const levels = (most, isBitPacked) => {
        if (most === 0)
            return (0,parquet_levels/* constantLevels */.cc)(0);
        const width = (0,parquet_levels/* widthOf */.qz)(most);
        const length = isBitPacked ? Math.ceil((header.entries * width) / 8) : wordAt(bytes, start);
        if (!isBitPacked)
            start += 4;
        if (length > bytes.length - start)
            throw new thrift/* ParquetDamage */.mt('levels that go on behind their page');
        const span = { bytes, start, end: start + length };
        start = span.end;
        return isBitPacked ? (0,parquet_levels/* bitPackedLevels */.jY)(span, width) : new parquet_levels/* HybridLevels */.im(span, width);
    };
    const rep = levels(leaf.rep, header.areLevelsBitPacked.rep);
    const def = levels(leaf.def, header.areLevelsBitPacked.def);
    return { rep, def, values: { bytes, start, end: bytes.length, scratch } };
}
function wordAt(bytes, at) {
    if (at + 4 > bytes.length)
        throw new thrift/* ParquetDamage */.mt('levels that go on behind their page');
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
}
function splitPageV2(header, body, { leaf, chunk, scratch }) {
    const { rep, def } = header.levelBytes;
    const unpackedBytes = header.unpackedBytes - rep - def;
    if (rep + def > body.length || unpackedBytes < 0)
        throw new thrift/* ParquetDamage */.mt('levels that go on behind their page');
    const levels = (most, start, length) => most === 0 ? (0,parquet_levels/* constantLevels */.cc)(0) : new parquet_levels/* HybridLevels */.im({ bytes: body, start, end: start + length }, (0,parquet_levels/* widthOf */.qz)(most));
    const packed = body.subarray(rep + def);
    const bytes = header.isPacked && packed.length > 0 ? (0,codecs/* unpack */.l)({ codec: chunk.codec, packed }, unpackedBytes, scratch) : packed;
    return {
        rep: levels(leaf.rep, 0, rep),
        def: levels(leaf.def, rep, def),
        values: { bytes, start: 0, end: bytes.length, scratch },
    };
}


/***/ }),

/***/ 602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ allLeaves),
/* harmony export */   o: () => (/* binding */ RowReader)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _footer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5109);
/* harmony import */ var _pages_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1830);
/* harmony import */ var _exact_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9287);
/* harmony import */ var _scratch_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3874);
/* harmony import */ var _thrift_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(369);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7772);







const WINDOW_BYTES = 64 * 1024;
const READERS = { nearest: 'valueAt', verbatim: 'verbatimAt', exact: 'exactAt' };
class RowReader {
    #cursors;
    #assemble;
    constructor({ tree, group, leaves, read, onBatch, typedValues = 'nearest' }) {
        const cursors = leaves.map((index) => {
            const leaf = tree.leaves[index];
            if (leaf === undefined)
                throw new RangeError('There is no such leaf');
            const { valueAt, [READERS[typedValues]]: readAt = valueAt } = (0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .valueReader */ .DB)(leaf);
            const pages = new _pages_js__WEBPACK_IMPORTED_MODULE_2__/* .LeafPages */ .f8({
                leaf,
                chunk: (0,_footer_js__WEBPACK_IMPORTED_MODULE_1__/* .chunkOf */ .X)(group, index),
                read,
                windowBytes: WINDOW_BYTES,
                scratch: new _scratch_js__WEBPACK_IMPORTED_MODULE_6__/* .Scratch */ .f(),
            });
            return new LeafCursor(pages, {
                isFlat: leaf.rep === 0,
                def: leaf.def,
                valueAt: readAt,
                onBatch: (batch) => onBatch?.(index, batch),
            });
        });
        this.#cursors = cursors;
        const byLeaf = new Map(leaves.map((index, at) => [index, cursors[at]]));
        this.#assemble = assemblerOf(tree.root, byLeaf) ?? (() => ({}));
    }
    async skip(rows) {
        for (const cursor of this.#cursors)
            await cursor.skip(rows);
    }
    async next() {
        let ended = 0;
        for (const cursor of this.#cursors) {
            while (!cursor.gather())
                await cursor.load();
            if (cursor.count === 0)
                ended++;
        }
        if (ended === this.#cursors.length)
            return undefined;
        if (ended > 0)
            throw new _thrift_js__WEBPACK_IMPORTED_MODULE_4__/* .ParquetDamage */ .mt('columns of different length');
        const record = this.#assemble();
        for (const cursor of this.#cursors)
            if (cursor.at !== cursor.count)
                throw disagreement();
        return record;
    }
}
function disagreement() {
    return new _thrift_js__WEBPACK_IMPORTED_MODULE_4__/* .ParquetDamage */ .mt('columns that disagree on how long a list is');
}
const MOST_ROW_ENTRIES = 4 * 1024 * 1024;
class LeafCursor {
    defs = [];
    reps = [];
    values = [];
    count = 0;
    at = 0;
    #pages;
    #of;
    #page;
    #batch;
    #entry = 0;
    #value = 0;
    #isWithin = false;
    #isEnd = false;
    #dictionary;
    #dictionaryValues = [];
    constructor(pages, of) {
        this.#pages = pages;
        this.#of = of;
    }
    gather() {
        if (!this.#isWithin)
            this.count = this.at = 0;
        for (;;) {
            const batch = this.#batch;
            if (batch === undefined || this.#entry >= batch.entries) {
                this.#isWithin = true;
                if (!this.#isEnd)
                    return false;
                break;
            }
            const rep = typeof batch.rep === 'number' ? batch.rep : (batch.rep[this.#entry] ?? 0);
            if (rep === 0 && this.count > 0)
                break;
            this.#gatherEntry(batch, rep);
            if (this.#of.isFlat)
                break;
        }
        this.#isWithin = false;
        return true;
    }
    async load() {
        this.#batch = this.#page?.next();
        while (this.#batch === undefined) {
            const page = await this.#pages.next();
            if (page === undefined) {
                this.#isEnd = true;
                return;
            }
            if (page.kind === 'page')
                this.#page = page;
            this.#batch = this.#page?.next();
        }
        this.#entry = 0;
        this.#value = 0;
        this.#of.onBatch(this.#batch);
    }
    async skip(rows) {
        let left = rows;
        while (left > 0 && this.#batch === undefined) {
            const page = await this.#pages.next(left);
            if (page === undefined)
                return;
            if (page.kind === 'skipped')
                left -= page.rows;
            else {
                this.#page = page;
                await this.load();
            }
        }
        for (; left > 0; left--) {
            while (!this.gather())
                await this.load();
            if (this.count === 0)
                return;
        }
    }
    #gatherEntry(batch, rep) {
        const def = typeof batch.def === 'number' ? batch.def : (batch.def[this.#entry] ?? 0);
        if (this.count >= MOST_ROW_ENTRIES)
            throw new _thrift_js__WEBPACK_IMPORTED_MODULE_4__/* .ParquetDamage */ .mt(`a row of more than ${MOST_ROW_ENTRIES} values`);
        this.defs[this.count] = def;
        this.reps[this.count] = rep;
        this.values[this.count] = def === this.#of.def ? this.#valueOf(batch.values, this.#value++) : undefined;
        this.count++;
        this.#entry++;
    }
    #valueOf(values, at) {
        switch (values.kind) {
            case 'plain':
                return this.#of.valueAt(values.raw, at);
            case 'indices':
                return this.#dictionaryValue(values.dictionary, values.indices[at] ?? 0);
            case 'repeated':
                return this.#dictionaryValue(values.dictionary, values.index);
            case 'none':
                return undefined;
            default:
                return values;
        }
    }
    #dictionaryValue(dictionary, index) {
        if (this.#dictionary !== dictionary) {
            this.#dictionary = dictionary;
            this.#dictionaryValues = Array.from({ length: Math.min(dictionary.count, (0,_values_js__WEBPACK_IMPORTED_MODULE_5__/* .countOf */ .pq)(dictionary.raw)) });
        }
        return (this.#dictionaryValues[index] ??= this.#of.valueAt(dictionary.raw, index));
    }
}
function assemblerOf(node, cursors) {
    const below = cursorsBelow(node, cursors);
    const [lead] = below;
    if (lead === undefined)
        return undefined;
    switch (node.kind) {
        case 'leaf':
            return () => takeValue(lead, node.def);
        case 'object':
            return whereThere(node.def, below, objectAssembler(node.members.flatMap(({ name, node: inner }) => {
                const assemble = assemblerOf(inner, cursors);
                return assemble === undefined ? [] : [[name, assemble]];
            })));
        case 'list': {
            const item = assemblerOf(node.item, cursors);
            return (item && whereThere(node.def, below, listAssembler({ itemDef: node.itemDef, rep: node.rep + 1, below }, item)));
        }
        case 'map': {
            const key = assemblerOf(node.key, cursors);
            const value = node.value === undefined ? undefined : assemblerOf(node.value, cursors);
            return whereThere(node.def, below, mapAssembler({ itemDef: node.itemDef, rep: node.rep + 1, below }, key, value));
        }
        default:
            return node;
    }
}
function cursorsBelow({ leaves: { first, end } }, cursors) {
    return [...cursors].flatMap(([leaf, cursor]) => (leaf >= first && leaf < end && cursor !== undefined ? [cursor] : []));
}
function takeValue(cursor, def) {
    const at = cursor.at++;
    if (at >= cursor.count)
        throw disagreement();
    return cursor.defs[at] === def ? cursor.values[at] : undefined;
}
function whereThere(def, below, assemble) {
    return () => {
        if (nextDef(below) >= def)
            return assemble();
        passBy(below);
        return undefined;
    };
}
function nextDef([lead]) {
    const def = lead?.defs[lead.at];
    if (def === undefined || lead === undefined || lead.at >= lead.count)
        throw disagreement();
    return def;
}
function passBy(below) {
    for (const cursor of below)
        cursor.at++;
}
function objectAssembler(members) {
    return () => {
        const object = {};
        for (const [name, assemble] of members) {
            const value = assemble();
            if (value !== undefined)
                (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .setOwn */ .P5)(object, name, value);
        }
        return object;
    };
}
function eachItem({ itemDef, rep, below }, each) {
    const [lead] = below;
    if (lead === undefined)
        return;
    if (nextDef(below) < itemDef) {
        passBy(below);
        return;
    }
    do
        each();
    while (lead.at < lead.count && lead.reps[lead.at] === rep);
}
function listAssembler(repeated, item) {
    return () => {
        const items = [];
        eachItem(repeated, () => items.push(item() ?? null));
        return items;
    };
}
function mapAssembler(repeated, takeKey, takeItem) {
    return () => {
        const map = {};
        eachItem(repeated, () => {
            const key = takeKey?.();
            const value = takeItem?.();
            if (value !== undefined)
                (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .setOwn */ .P5)(map, keyText(key), value);
        });
        return map;
    };
}
function keyText(key) {
    if (typeof key === 'string')
        return key;
    if (key === undefined)
        return '';
    if (key instanceof _exact_js__WEBPACK_IMPORTED_MODULE_3__/* .ExactValue */ .$Z)
        return key.text;
    if (key instanceof Date)
        return key.toJSON();
    if (typeof key === 'bigint')
        return String(key);
    return JSON.stringify(key, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
}
function allLeaves({ tree }) {
    return tree.leaves.map((_, index) => index);
}


/***/ }),

/***/ 8179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ RowMarks)
/* harmony export */ });
const BLOCK_ROWS = 2 ** 20;
class RowMarks {
    #blocks;
    constructor(blocks = []) {
        this.#blocks = new Map(blocks);
    }
    mark(row) {
        const bits = this.#bitsOf(Math.floor(row / BLOCK_ROWS));
        const at = row % BLOCK_ROWS;
        bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7));
    }
    markRange(start, end) {
        let row = start;
        while (row < end && row % 8 !== 0)
            this.mark(row++);
        while (row + 8 <= end) {
            const block = Math.floor(row / BLOCK_ROWS);
            const blockEnd = Math.min((block + 1) * BLOCK_ROWS, end - (end % 8));
            this.#bitsOf(block).fill(255, (row % BLOCK_ROWS) / 8, (blockEnd - block * BLOCK_ROWS) / 8);
            row = blockEnd;
        }
        while (row < end)
            this.mark(row++);
    }
    add(blocks) {
        for (const [block, bits] of blocks) {
            const own = this.#bitsOf(block);
            for (let at = 0; at < bits.length; at++)
                own[at] = (own[at] ?? 0) | (bits[at] ?? 0);
        }
    }
    count() {
        let count = 0;
        for (const bits of this.#blocks.values())
            for (const byte of bits)
                count += ONES[byte] ?? 0;
        return count;
    }
    blocks() {
        return [...this.#blocks];
    }
    #bitsOf(block) {
        const known = this.#blocks.get(block);
        if (known !== undefined)
            return known;
        const bits = new Uint8Array(BLOCK_ROWS / 8);
        this.#blocks.set(block, bits);
        return bits;
    }
}
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);


/***/ }),

/***/ 3874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ Scratch)
/* harmony export */ });
class Scratch {
    spare;
    #unpacked = new Uint8Array(0);
    #aligned = new Uint8Array(new ArrayBuffer(0));
    #integers = new Map();
    #levels = new Map();
    unpacked(bytes) {
        if (this.#unpacked.length < bytes)
            this.#unpacked = new Uint8Array(roomFor(bytes));
        return this.#unpacked.subarray(0, bytes);
    }
    aligned(bytes) {
        if (this.#aligned.length < bytes)
            this.#aligned = new Uint8Array(roomFor(bytes));
        return this.#aligned.subarray(0, bytes);
    }
    integers(name, count) {
        const known = this.#integers.get(name);
        if (known !== undefined && known.length >= count)
            return known.subarray(0, count);
        const room = new Int32Array(roomFor(count));
        this.#integers.set(name, room);
        return room.subarray(0, count);
    }
    levels(name, count) {
        const known = this.#levels.get(name);
        if (known !== undefined && known.length >= count)
            return known.subarray(0, count);
        const room = new Uint8Array(roomFor(count));
        this.#levels.set(name, room);
        return room.subarray(0, count);
    }
}
const SMALLEST_ROOM = 1_024;
function roomFor(size) {
    return Math.max(SMALLEST_ROOM, 2 ** Math.ceil(Math.log2(size)));
}


/***/ }),

/***/ 369:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   mt: () => (/* binding */ ParquetDamage),
/* harmony export */   oC: () => (/* binding */ THRIFT),
/* harmony export */   xW: () => (/* binding */ ThriftReader)
/* harmony export */ });
class ParquetDamage extends Error {
    name = 'ParquetDamage';
}
const THRIFT = {
    true: 1,
    false: 2,
    byte: 3,
    i16: 4,
    i32: 5,
    i64: 6,
    double: 7,
    binary: 8,
    list: 9,
    set: 10,
    map: 11,
    struct: 12,
    uuid: 13,
};
const DEEPEST = 32;
const MOST_VARINT_BYTES = 10;
class ThriftReader {
    at;
    #bytes;
    #depth = 0;
    constructor(bytes, at = 0) {
        this.#bytes = bytes;
        this.at = at;
    }
    struct(onField) {
        if (++this.#depth > DEEPEST)
            throw new ParquetDamage('structures in structures without end');
        for (let id = 0, header = this.byte(); header !== 0; header = this.byte()) {
            const delta = header >> 4;
            id = delta === 0 ? this.integer() : id + delta;
            const type = header & 15;
            if (onField(id, type) === false)
                this.skip(type);
        }
        this.#depth--;
    }
    async longStruct(onField) {
        for (let id = 0, header = this.byte(); header !== 0; header = this.byte()) {
            const delta = header >> 4;
            id = delta === 0 ? this.integer() : id + delta;
            const type = header & 15;
            if ((await onField(id, type)) === false)
                this.skip(type);
        }
    }
    list(read) {
        const { type, length } = this.#listHeader();
        for (let index = 0; index < length; index++)
            read(type, index);
    }
    async longList(read) {
        const { type, length } = this.#listHeader();
        for (let index = 0; index < length; index++)
            await read(type, index);
    }
    integer() {
        const zigzag = this.varint();
        return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
    varint() {
        let [value, factor] = [0, 1];
        for (let index = 0; index < MOST_VARINT_BYTES; index++) {
            const byte = this.byte();
            value += (byte & 127) * factor;
            if (byte < 128)
                return value;
            factor *= 128;
        }
        throw new ParquetDamage('a number without end');
    }
    binary() {
        const length = this.varint();
        const end = this.at + length;
        if (end > this.#bytes.length)
            throw new ParquetDamage('a string that extends beyond the data');
        const bytes = this.#bytes.subarray(this.at, end);
        this.at = end;
        return bytes;
    }
    text() {
        return Buffer.from(this.binary()).toString('utf8');
    }
    byte() {
        const byte = this.#bytes[this.at++];
        if (byte === undefined)
            throw new ParquetDamage('a structure without its end');
        return byte;
    }
    skip(type) {
        if (type === THRIFT.true || type === THRIFT.false)
            return;
        this.#skipItem(type);
    }
    #listHeader() {
        const header = this.byte();
        const length = header >> 4;
        return { type: header & 15, length: length === 15 ? this.varint() : length };
    }
    #skipItem(type) {
        switch (type) {
            case THRIFT.true:
            case THRIFT.false:
            case THRIFT.byte:
                this.byte();
                return;
            case THRIFT.i16:
            case THRIFT.i32:
            case THRIFT.i64:
                this.varint();
                return;
            case THRIFT.double:
                this.#pass(8);
                return;
            case THRIFT.uuid:
                this.#pass(16);
                return;
            case THRIFT.binary:
                this.binary();
                return;
            case THRIFT.list:
            case THRIFT.set:
                this.#nested(() => this.list((item) => this.#skipItem(item)));
                return;
            case THRIFT.struct:
                this.struct(() => false);
                return;
            default:
                throw new ParquetDamage('a type of Thrift that Parquet does not use');
        }
    }
    #pass(bytes) {
        this.at += bytes;
        if (this.at > this.#bytes.length)
            throw new ParquetDamage('a structure without its end');
    }
    #nested(work) {
        if (++this.#depth > DEEPEST)
            throw new ParquetDamage('lists in lists without end');
        work();
        this.#depth--;
    }
}


/***/ }),

/***/ 7772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ valueReader),
/* harmony export */   Nx: () => (/* binding */ visitOutside),
/* harmony export */   P8: () => (/* binding */ CalendarDay),
/* harmony export */   oq: () => (/* binding */ areUtf8),
/* harmony export */   pH: () => (/* binding */ isUtf8At),
/* harmony export */   pq: () => (/* binding */ countOf)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4573);
/* harmony import */ var _exact_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9287);


class CalendarDay extends Date {
    toJSON() {
        return Number.isNaN(this.getTime()) ? 'a day that no calendar has' : this.toISOString().slice(0, 10);
    }
}
function valueReader({ storage, annotation }) {
    const { physical } = storage;
    switch (annotation?.kind) {
        case 'decimal':
            return { ...PLAIN, ...decimalReader(annotation.scale) };
        case 'date':
            if (physical === 'INT32')
                return { ...PLAIN, scale: 1, valueAt: dayAt, exactAt: exactDayAt };
            break;
        case 'timestamp':
            if (physical === 'INT64')
                return timestampReader(PER_MILLISECOND[annotation.unit]);
            break;
        case 'integer':
            if (!annotation.isSigned)
                return { ...PLAIN, valueAt: unsignedAt };
            break;
        case 'uuid':
            if (storage.width === 16)
                return { ...PLAIN, valueAt: uuidAt };
            break;
        case 'float16':
            if (storage.width === 2)
                return { ...PLAIN, valueAt: halfAt, verbatimAt: (...at) => doubleOf(halfAt(...at)) };
            break;
        default:
    }
    if (physical === 'INT96')
        return { ...PLAIN, valueAt: julianAt, verbatimAt: exactJulianAt, exactAt: exactJulianAt };
    if (physical === 'BYTE_ARRAY' && annotation?.kind !== 'bson')
        return { ...PLAIN, isText: true, valueAt: textAt, verbatimAt: exactTextAt, exactAt: exactTextAt };
    if (physical === 'FLOAT' || physical === 'DOUBLE')
        return { ...PLAIN, scale: 1, valueAt: plainAt, verbatimAt: (...at) => doubleOf(plainAt(...at)) };
    const isNumber = physical !== 'BOOLEAN' && physical !== 'BYTE_ARRAY' && physical !== 'FIXED_LEN_BYTE_ARRAY';
    return { ...PLAIN, scale: isNumber ? 1 : undefined, valueAt: plainAt };
}
const PLAIN = { isText: false, scale: undefined };
const PER_MILLISECOND = { milliseconds: 1, microseconds: 1_000, nanoseconds: 1_000_000 };
const WORD = 2 ** 32;
const SAFE_HIGH = 2 ** 21;
function nearestAt(words, index) {
    return (words[index * 2 + 1] ?? 0) * WORD + ((words[index * 2] ?? 0) >>> 0);
}
function exactAt(words, index) {
    return (BigInt(words[index * 2 + 1] ?? 0) << 32n) | BigInt((words[index * 2] ?? 0) >>> 0);
}
function isSafeAt(words, index) {
    const high = words[index * 2 + 1] ?? 0;
    return high < SAFE_HIGH && high >= -SAFE_HIGH;
}
function plainAt(raw, index) {
    switch (raw.kind) {
        case 'int64':
            return isSafeAt(raw.words, index) ? nearestAt(raw.words, index) : plainInteger(exactAt(raw.words, index));
        case 'boolean':
            return raw.data[index] === 1;
        case 'bytes':
            return bytesAt(raw, index).slice();
        default:
            return raw.data[index] ?? 0;
    }
}
function doubleOf(value) {
    return typeof value === 'number' ? (0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .writtenDouble */ .t_)(value) : value;
}
function plainInteger(value) {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
function bytesAt({ bytes, starts, ends }, index) {
    return bytes.subarray(starts[index], ends[index]);
}
function textAt(raw, index) {
    if (raw.kind !== 'bytes')
        return '';
    const { bytes, starts, ends } = raw;
    return bufferOver(bytes).toString('utf8', starts[index], ends[index]);
}
let lastBytes = new Uint8Array(0);
let lastBuffer = Buffer.alloc(0);
function exactTextAt(raw, index) {
    const text = textAt(raw, index);
    return text.includes('\ufffd') && raw.kind === 'bytes' && !isUtf8At(raw, index) ? plainAt(raw, index) : text;
}
function bufferOver(bytes) {
    if (bytes !== lastBytes) {
        lastBytes = bytes;
        lastBuffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return lastBuffer;
}
function areUtf8({ bytes, starts, ends }) {
    const last = ends.length - 1;
    if (last < 0)
        return true;
    const span = bytes.subarray(starts[0], ends[last]);
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(span) && startsAreCharacters({ bytes, starts, ends });
}
function startsAreCharacters({ bytes, starts, ends }) {
    for (let index = 0; index < starts.length; index++) {
        const start = starts[index] ?? 0;
        if (start < (ends[index] ?? 0) && ((bytes[start] ?? 0) & 0xc0) === 0x80)
            return false;
        const end = ends[index] ?? 0;
        if (index + 1 < starts.length && ((bytes[end] ?? 0) & 0xc0) === 0x80)
            return false;
    }
    return true;
}
function isUtf8At(raw, index) {
    return (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytesAt(raw, index));
}
function dayAt(raw, index) {
    return new CalendarDay((raw.kind === 'int32' ? (raw.data[index] ?? 0) : NaN) * 86_400_000);
}
function exactDayAt(raw, index) {
    const day = dayAt(raw, index);
    const isDay = raw.kind !== 'int32' || !Number.isNaN(Number(day));
    return isDay ? day : new _exact_js__WEBPACK_IMPORTED_MODULE_1__/* .ExactValue */ .$Z('moment', `day ${raw.data[index]}`);
}
function timestampReader(perMs) {
    const nanoseconds = BigInt(1_000_000 / perMs);
    const momentAt = (raw, index) => {
        if (raw.kind !== 'int64')
            return new Date(NaN);
        const quick = isSafeAt(raw.words, index) ? (0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .quickMoment */ .mk)(nearestAt(raw.words, index), perMs) : undefined;
        return quick ?? (0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .exactMoment */ .U7)(exactAt(raw.words, index) * nanoseconds);
    };
    return {
        isText: false,
        scale: perMs,
        ...(perMs > 1 && { verbatimAt: momentAt }),
        exactAt: momentAt,
        valueAt: (raw, index) => {
            if (raw.kind !== 'int64')
                return new Date(NaN);
            if (isSafeAt(raw.words, index))
                return new Date(Math.floor(nearestAt(raw.words, index) / perMs));
            return new Date(Number((0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .floored */ .Ad)(exactAt(raw.words, index), BigInt(perMs))));
        },
    };
}
const JULIAN_1970 = 2_440_588;
const DAY_NANOSECONDS = 86400000000000n;
function julianAt(raw, index) {
    return new Date(Number((0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .floored */ .Ad)(julianNanoseconds(raw, index), 1000000n)));
}
function exactJulianAt(raw, index) {
    return (0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .exactMoment */ .U7)(julianNanoseconds(raw, index));
}
function julianNanoseconds(raw, index) {
    if (raw.kind !== 'bytes')
        throw new RangeError('INT96 is stored as bytes');
    const bytes = bytesAt(raw, index);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return BigInt(view.getInt32(8, true) - JULIAN_1970) * DAY_NANOSECONDS + view.getBigInt64(0, true);
}
function unsignedAt(raw, index) {
    if (raw.kind === 'int32')
        return (raw.data[index] ?? 0) >>> 0;
    return raw.kind === 'int64' ? plainInteger(BigInt.asUintN(64, exactAt(raw.words, index))) : plainAt(raw, index);
}
function uuidAt(raw, index) {
    if (raw.kind !== 'bytes')
        return '';
    const hex = Buffer.from(bytesAt(raw, index)).toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
function halfAt(raw, index) {
    if (raw.kind !== 'bytes')
        return NaN;
    const [low = 0, high = 0] = bytesAt(raw, index);
    const [sign, exponent, fraction] = [high & 128 ? -1 : 1, (high >> 2) & 31, ((high & 3) << 8) | low];
    if (exponent === 31)
        return fraction === 0 ? sign * Infinity : NaN;
    return exponent === 0 ? sign * 2 ** -24 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
const MOST_EXACT_SCALE = 22;
function decimalReader(scale) {
    const divisor = scale <= MOST_EXACT_SCALE ? 10 ** scale : undefined;
    const nearest = (unscaled) => {
        if (scale === 0)
            return unscaled;
        if (typeof unscaled === 'number' && divisor !== undefined)
            return unscaled / divisor;
        return Number(`${unscaled}e-${scale}`);
    };
    return {
        valueAt: (raw, index) => nearest(unscaledAt(raw, index)),
        verbatimAt: (raw, index) => (0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .writtenDecimal */ .Du)(unscaledAt(raw, index), scale),
        exactAt: (raw, index) => {
            const unscaled = unscaledAt(raw, index);
            return (0,_exact_js__WEBPACK_IMPORTED_MODULE_1__/* .exactDecimal */ .Z5)(unscaled, scale, nearest(unscaled));
        },
    };
}
function unscaledAt(raw, index) {
    if (raw.kind !== 'bytes') {
        const value = plainAt(raw, index);
        return typeof value === 'bigint' ? value : Number(value);
    }
    const { bytes, starts, ends } = raw;
    const [start, end] = [starts[index] ?? 0, ends[index] ?? 0];
    if (start === end)
        return 0;
    let value = ((bytes[start] ?? 0) << 24) >> 24;
    for (let at = start + 1; at < end; at++)
        value = value * 256 + (bytes[at] ?? 0);
    if (Number.isSafeInteger(value))
        return value;
    const hex = Buffer.from(bytes.subarray(start, end)).toString('hex');
    return plainInteger(BigInt.asIntN((end - start) * 8, BigInt(`0x${hex}`)));
}
function visitOutside(raw, { low, high }, visit) {
    switch (raw.kind) {
        case 'int64': {
            const { words } = raw;
            for (let index = 0, count = words.length / 2; index < count; index++) {
                const value = nearestAt(words, index);
                if (!(value >= low && value <= high))
                    visit(index);
            }
            return;
        }
        case 'int32':
        case 'float':
        case 'double': {
            const { data } = raw;
            for (let index = 0; index < data.length; index++) {
                const value = data[index] ?? 0;
                if (!(value >= low && value <= high))
                    visit(index);
            }
            return;
        }
        default:
            for (let index = 0, count = countOf(raw); index < count; index++)
                visit(index);
    }
}
function countOf(raw) {
    if (raw.kind === 'int64')
        return raw.words.length / 2;
    return raw.kind === 'bytes' ? raw.starts.length : raw.data.length;
}


/***/ }),

/***/ 7101:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   dB: () => (/* binding */ serveSlices),
/* harmony export */   l5: () => (/* binding */ createThreadsAhead),
/* harmony export */   p9: () => (/* binding */ createLocalChecker),
/* harmony export */   x5: () => (/* binding */ openPool)
/* harmony export */ });
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5919);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7247);
/* harmony import */ var _formats_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5711);
/* harmony import */ var _slices_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9164);
/* harmony import */ var _lib_async_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8024);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1469);
/* harmony import */ var _lib_time_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1527);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







const HERE_BYTES = 1024 * 1024;
function openPool({ program, check, threads, watch, ahead }) {
    handOverOnce();
    const here = createLocalChecker(check);
    const semaphore = (0,_lib_async_js__WEBPACK_IMPORTED_MODULE_4__/* .createSemaphore */ .B2)(threads);
    const idle = [];
    const isSlow = check.isSlow || watch !== undefined;
    let hereBytes = 0;
    async function inThread(slice, tools) {
        const worker = idle.pop() ?? (ahead?.take() ?? new RowWorker(program.path)).begin(program.setup, watch);
        try {
            const { result, bytes } = await worker.check(slice, tools);
            idle.push(worker);
            here.buffers.give(bytes);
            return result;
        }
        catch (error) {
            await worker.end();
            throw error;
        }
    }
    return {
        width: check.conversion?.isInOrder ? 0 : threads,
        buffers: here.buffers,
        check: async (slice, tools) => {
            hereBytes += slice.bytes.length;
            const isQuick = !isSlow && !_formats_js__WEBPACK_IMPORTED_MODULE_2__/* .FORMATS */ .hR[slice.format].isReadApart;
            if (hereBytes <= HERE_BYTES && isQuick)
                return await here.check(slice, tools);
            return await semaphore.enter(tools.signal, () => inThread(slice, tools));
        },
        [Symbol.asyncDispose]: async () => {
            await Promise.all(idle.splice(0).map((worker) => worker.end()));
        },
    };
}
function createThreadsAhead(path, most) {
    const started = [];
    return {
        start(bytes) {
            const slices = Math.ceil((bytes - HERE_BYTES) / _slices_js__WEBPACK_IMPORTED_MODULE_3__/* .SLICE_SIZE */ .tz.bytes);
            for (let left = Math.min(most, slices) - started.length; left > 0; left--)
                started.push(new RowWorker(path));
            return {
                [Symbol.asyncDispose]: async () => void (await Promise.all(started.splice(0).map((worker) => worker.end()))),
            };
        },
        take: () => started.shift(),
    };
}
function handOverOnce() {
    new ArrayBuffer(1).transfer();
}
function createLocalChecker(check) {
    const buffers = (0,_slices_js__WEBPACK_IMPORTED_MODULE_3__/* .createBuffers */ .ai)();
    return {
        width: check.conversion?.isInOrder ? 0 : 1,
        buffers,
        check: async (slice, { signal, ...tools }) => {
            signal.throwIfAborted();
            const result = await (0,_check_js__WEBPACK_IMPORTED_MODULE_1__/* .checkSlice */ .x1)(slice, check, tools);
            buffers.give(slice.bytes);
            return result;
        },
        [Symbol.asyncDispose]: async () => undefined,
    };
}
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };
const WATCH_LOOKS = 20;
class RowWorker {
    #worker;
    #fail;
    #failure;
    #watch;
    #progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    constructor(path) {
        this.#worker = new node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.Worker(path, { env: {}, resourceLimits: THREAD_MEMORY });
        this.#worker.on('error', (thrown) => this.#end(failureOf(thrown)));
        this.#worker.on('messageerror', (error) => this.#end(error));
        this.#worker.on('exit', (code) => this.#end(endedThread(`it ended with exit code ${code}`)));
    }
    begin(setup, watch) {
        this.#watch = watch;
        this.#tell({ kind: 'begin', setup, progress: this.#progress }, []);
        return this;
    }
    async check(slice, { read, signal, spot, write }) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            signal.throwIfAborted();
            if (this.#failure !== undefined)
                throw this.#failure;
            const { promise, resolve, reject } = Promise.withResolvers();
            const listen = (reply) => {
                if (reply.kind === 'checked')
                    resolve(reply);
                else if (reply.kind === 'failed')
                    reject(thrownOf(reply));
                else if (reply.kind === 'lines')
                    write(reply.lines).then(() => this.#tell({ kind: 'written' }, []), reject);
                else
                    read(reply.start, reply.end, reply.spare).then((bytes) => this.#tell({ kind: 'bytes', bytes }, [bytes.buffer]), reject);
            };
            const abort = () => reject(signal.reason);
            this.#fail = reject;
            this.#worker.on('message', listen);
            signal.addEventListener('abort', abort, { once: true });
            const _ = __addDisposableResource(env_1, this.#watchRows(reject), false);
            try {
                this.#tell({ kind: 'check', slice, spot }, [slice.bytes.buffer]);
                return await promise;
            }
            finally {
                this.#fail = undefined;
                this.#worker.off('message', listen);
                signal.removeEventListener('abort', abort);
            }
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            __disposeResources(env_1);
        }
    }
    async end() {
        await this.#worker.terminate();
    }
    #watchRows(reject) {
        const watch = this.#watch;
        if (watch === undefined)
            return { [Symbol.dispose]: () => undefined };
        let seen = -1;
        let looks = 0;
        return (0,_lib_time_js__WEBPACK_IMPORTED_MODULE_6__/* .every */ .Si)(watch.mostMs / WATCH_LOOKS, () => {
            const [mark = 0, row = 0] = this.#progress;
            looks = mark !== 0 && row === seen ? looks + 1 : 0;
            seen = row;
            if (looks >= WATCH_LOOKS)
                reject(watch.problemOf(mark));
        });
    }
    #tell(order, handedOver) {
        this.#worker.postMessage(order, handedOver);
    }
    #end(failure) {
        this.#failure ??= failure;
        this.#fail?.(this.#failure);
    }
}
function failureOf(thrown) {
    if (!(thrown instanceof Error))
        return new Error(String(thrown));
    const isByNode = 'code' in thrown && String(thrown.code).startsWith('ERR_WORKER');
    return isByNode ? endedThread(thrown.message, thrown) : thrown;
}
function endedThread(why, cause) {
    return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .Problem */ .AF(`Cannot validate the rows: a worker thread failed: ${why}`, {
        remedy: 'Run the job again. If it fails again, report the problem with the log. Without "mapping", "validation: off" publishes meanwhile.',
        cause,
    });
}
function wordsOf(thrown) {
    if (!(thrown instanceof Error))
        return { name: 'Error', message: String(thrown), stack: '', remedy: undefined };
    const { name, message, stack = '' } = thrown;
    return { name, message, stack, remedy: thrown instanceof _lib_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .Problem */ .AF ? thrown.remedy : undefined };
}
function thrownOf({ name, message, stack, remedy }) {
    if (remedy !== undefined)
        return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .Problem */ .AF(message, { remedy });
    return Object.assign(new Error(message), { name, stack: stack === '' ? message : stack });
}
function serveSlices(checkOf) {
    const port = node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.parentPort;
    if (port === null)
        throw new Error('Rows are served in a worker thread alone');
    handOverOnce();
    let check;
    let receive;
    let goOn;
    const say = (answer) => port.postMessage(answer, handedBack(answer));
    const read = (start, end, spare) => {
        const { promise, resolve } = Promise.withResolvers();
        receive = resolve;
        say({ kind: 'read', start, end, spare });
        return promise;
    };
    const write = (lines) => {
        const { promise, resolve } = Promise.withResolvers();
        goOn = resolve;
        say({ kind: 'lines', lines });
        return promise;
    };
    port.on('message', (order) => {
        if (order.kind === 'begin')
            check = checkOf(order.setup, order.progress);
        else if (order.kind === 'bytes')
            receive?.(order.bytes);
        else if (order.kind === 'written')
            goOn?.();
        else if (check !== undefined)
            void answerSlice(order.slice, check, { read, spot: order.spot, write }).then(say);
    });
}
function handedBack(answer) {
    if (answer.kind === 'lines')
        return [answer.lines.buffer];
    if (answer.kind === 'read')
        return answer.spare === undefined ? [] : [answer.spare.buffer];
    if (answer.kind !== 'checked')
        return [];
    const { bytes, result } = answer;
    const { hashes, places, indexes } = result.kind === 'records' ? result.keys : result.columns.keys;
    const lines = result.kind === 'records' ? result.lines : undefined;
    return [bytes, hashes, places, indexes, ...(lines === undefined ? [] : [lines])].map(({ buffer }) => buffer);
}
async function answerSlice(slice, check, tools) {
    try {
        return { kind: 'checked', result: await (0,_check_js__WEBPACK_IMPORTED_MODULE_1__/* .checkSlice */ .x1)(slice, check, tools), bytes: slice.bytes };
    }
    catch (error) {
        return { kind: 'failed', ...wordsOf(error) };
    }
}


/***/ }),

/***/ 1242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AQ: () => (/* binding */ joinExtents),
/* harmony export */   BW: () => (/* binding */ placeAt),
/* harmony export */   K$: () => (/* binding */ NOTHING),
/* harmony export */   N4: () => (/* binding */ Places),
/* harmony export */   NH: () => (/* binding */ withIndex),
/* harmony export */   OY: () => (/* binding */ extentOf),
/* harmony export */   eg: () => (/* binding */ moveBehind),
/* harmony export */   hf: () => (/* binding */ placeOfByte),
/* harmony export */   mM: () => (/* binding */ NOT_UTF8)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4869);

const NOTHING = { lines: 0, columns: 0 };
function extentOf(text) {
    let lines = 0;
    let lineStart = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', lineStart)) {
        lines++;
        lineStart = at + 1;
    }
    return { lines, columns: text.length - lineStart };
}
function joinExtents(first, second) {
    if (second.lines === 0)
        return { lines: first.lines, columns: first.columns + second.columns };
    return { lines: first.lines + second.lines, columns: second.columns };
}
const NOT_UTF8 = {
    code: 'corrupt-record',
    level: 'error',
    fate: 'changed',
    path: '',
    expected: 'UTF-8',
    received: 'other bytes',
    hint: 'save the file as UTF-8',
};
function placeAt({ lines, columns }) {
    return { kind: 'text', line: lines + 1, column: columns + 1 };
}
function moveBehind({ extent, rows }, place) {
    if (place.kind === 'row')
        return { kind: 'row', row: rows + place.row };
    const moved = placeAt(joinExtents(extent, { lines: place.line - 1, columns: place.column - 1 }));
    return withIndex(moved, place.index === undefined ? undefined : rows + place.index);
}
function withIndex(place, index) {
    return index === undefined || place.kind === 'row' ? place : { ...place, index };
}
class Places {
    #line = 1;
    #lineStart = 0;
    #chunkStart = 0;
    endLine(at) {
        this.#line++;
        this.#lineStart = this.#chunkStart + at + 1;
    }
    endChunk(bytes) {
        this.#chunkStart += bytes;
    }
    of(at) {
        const offset = this.#chunkStart + at;
        return { line: this.#line, column: offset - this.#lineStart + 1, offset };
    }
}
async function placeOfByte(content, offset) {
    const places = new Places();
    for await (const chunk of content.slice(0, offset).bytes()) {
        for (let at = chunk.indexOf(_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .LINE_FEED */ .kR); at !== -1; at = chunk.indexOf(_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .LINE_FEED */ .kR, at + 1))
            places.endLine(at);
        places.endChunk(chunk.length);
    }
    return places.of(0);
}


/***/ }),

/***/ 399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ZF: () => (/* binding */ sniff),
/* harmony export */   dD: () => (/* binding */ SNIFF_BYTES),
/* harmony export */   pA: () => (/* binding */ passMark),
/* harmony export */   y1: () => (/* binding */ refuseContent)
/* harmony export */ });
/* harmony import */ var _lib_content_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3361);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);


function refuseContent(code, seen = {}) {
    const { says, remedy } = WORDS[code];
    return { kind: 'refused', code, says: says(seen), remedy, place: seen.place };
}
const placeText = (place) => place === undefined ? '' : ` at line ${place.line}, column ${place.column}`;
const WORDS = {
    empty: { says: () => 'is empty', remedy: 'Exclude the file, or check why its export wrote nothing.' },
    'lfs-pointer': {
        says: () => 'is a Git LFS pointer instead of the file itself',
        remedy: 'Set "lfs: true" in actions/checkout.',
    },
    html: {
        says: () => 'is an HTML page',
        remedy: 'Check the download that wrote it: it saved a login or error page instead of the data.',
    },
    'utf-16': { says: () => 'is encoded as UTF-16', remedy: 'Save it as UTF-8 without a byte-order mark.' },
    'byte-order-mark': {
        says: () => 'begins with a UTF-8 byte-order mark, which readers treat as data',
        remedy: 'Remove its first 3 bytes in an earlier step, with "tail -c +4 FILE > NEW", or save it without the mark. Excel writes one for "CSV UTF-8". With "mapping", the mark is passed over.',
    },
    compressed: {
        says: ({ found }) => `is compressed (${found})`,
        remedy: 'Decompress it in an earlier step: batch ingestion does not document compressed files.',
    },
    parquet: {
        says: () => 'is a Parquet file, and its name or "format" says otherwise',
        remedy: 'Rename it to .parquet, or set "format: parquet".',
    },
    'no-records': {
        says: () => 'contains only whitespace',
        remedy: 'Exclude the file, or check why its export wrote nothing.',
    },
    'empty-array': {
        says: () => 'contains an empty array',
        remedy: 'Exclude the file, or check why its export wrote no records.',
    },
    'header-only': {
        says: () => 'contains a header and no records',
        remedy: 'Exclude the file, or check why its export wrote no records.',
    },
    'no-rows': {
        says: () => 'contains no rows',
        remedy: 'Exclude the file, or check why its export wrote no rows.',
    },
    'not-json': {
        says: ({ place, found }) => `does not contain JSON objects: it begins with ${found}${placeText(place)}`,
        remedy: 'Records are JSON objects: one per line, in an array, or one after another.',
    },
    'array-in-lines': {
        says: () => 'contains an array, but its extension stands for one object per line',
        remedy: 'Rename it to .json, or write one object per line.',
    },
    'documents-in-lines': {
        says: () => 'does not contain one object per line: its first line is not a complete object',
        remedy: 'Rename it to .json if its objects span several lines, or fix the first line.',
    },
    'return-in-lines': {
        says: ({ place }) => `has a carriage return between tokens of a record${placeText(place)}, which some readers treat as the end of the record`,
        remedy: 'Set "multiline-json: convert", or save it with line feeds as line breaks.',
    },
    'return-between-records': {
        says: ({ place }) => `has a carriage return between two records of a line${placeText(place)}: some readers take both, others only the first`,
        remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line breaks.',
    },
    'malformed-json': {
        says: ({ place, expected, found }) => `is malformed JSON${placeText(place)}: expected ${expected}, found ${found}`,
        remedy: 'Fix the file at that place, or the tool that wrote it.',
    },
    'record-too-long': {
        says: ({ place }) => `has a record${placeText(place)} that is longer than the 64 MiB that the action validates`,
        remedy: 'Check the line breaks of the file: without them, a whole export is one record. If its records are that long, use "validation: off", without "mapping".',
    },
    'first-record-too-long': {
        says: () => 'has a CSV header and a first record that together are longer than 64 MiB, or a quote that is not closed',
        remedy: 'Check the line breaks of the file, and that "csv-quote" and "csv-escape" are what the file uses.',
    },
    'not-csv': {
        says: ({ found }) => `is not CSV: it begins with ${found}`,
        remedy: 'Rename the file to match its content, or set "format".',
    },
    'empty-header': {
        says: () => 'has an empty name in its CSV header',
        remedy: 'Name every column in the first line, as the schema names its fields.',
    },
    'duplicate-header': {
        says: ({ found }) => `repeats column names in its CSV header: ${found}`,
        remedy: 'Name every column once in the first line. A file without a header needs one.',
    },
    'bare-return': {
        says: () => 'ends its CSV header with a carriage return alone, which not every reader treats as the end of a line',
        remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line breaks.',
    },
    'return-in-rows': {
        says: ({ place }) => `has a carriage return without a line feed${placeText(place)}, which some readers treat as the end of a row`,
        remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line breaks.',
    },
    'line-end-in-quotes': {
        says: ({ place }) => `has a line break inside quotes${placeText(place)}, which some readers treat as the end of a row`,
        remedy: 'Replace line breaks in values with spaces, or publish the rows as JSON, which escapes them.',
    },
    'quote-left-open': {
        says: ({ place }) => `opens a quote${placeText(place)} and does not close it`,
        remedy: 'Close the quote, or set "csv-quote" and "csv-escape" to what the file uses.',
    },
    'unclosed-quote': {
        says: ({ found }) => `opens a quote in ${found} and does not close it`,
        remedy: 'Close the quote, or set "csv-quote" and "csv-escape" to what the file uses.',
    },
    'malformed-csv': {
        says: ({ found }) => `is malformed CSV: ${found}`,
        remedy: 'Fix the line, or set "csv-delimiter", "csv-quote" and "csv-escape" to what the file uses.',
    },
    'not-parquet': {
        says: () => 'is not a Parquet file: it does not begin with PAR1',
        remedy: 'Rename the file to match its content, or set "format".',
    },
    'parquet-encrypted': {
        says: () => 'is an encrypted Parquet file',
        remedy: 'Write it without encryption: the platform has no key for it.',
    },
    'parquet-truncated': {
        says: () => 'is a truncated Parquet file: it does not end with PAR1',
        remedy: 'Write or download it again: the file is incomplete.',
    },
    'parquet-footer': {
        says: ({ found }) => `has an unreadable Parquet footer: ${found}`,
        remedy: 'Write or download it again.',
    },
    'parquet-ranges': {
        says: () => 'has a Parquet footer that points to bytes outside the row groups of this file',
        remedy: 'Write or download it again: a part of it is missing.',
    },
};
const SNIFF_BYTES = 512;
function sniff(head) {
    if (head.length === 0)
        return { kind: 'empty' };
    const by = COMPRESSED.find(({ magic }) => startsWith(head, magic))?.by;
    if (by !== undefined)
        return { kind: 'compressed', by };
    if (startsWith(head, BYTE_ORDER_MARK))
        return { kind: 'byte-order-mark' };
    if (isUtf16(head))
        return { kind: 'utf-16' };
    if (isParquet(head))
        return { kind: 'parquet' };
    return suspectText(Buffer.from(head).toString('latin1'));
}
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
async function passMark(content) {
    const head = await (0,_lib_content_js__WEBPACK_IMPORTED_MODULE_0__/* .readAll */ .yw)(content.slice(0, Math.min(BYTE_ORDER_MARK.length, content.size)));
    return startsWith(head, BYTE_ORDER_MARK) ? content.slice(BYTE_ORDER_MARK.length, content.size) : content;
}
const COMPRESSED = [
    { by: 'gzip', magic: [0x1f, 0x8b] },
    { by: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
    { by: 'zip', magic: [0x50, 0x4b, 0x05, 0x06] },
    { by: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
    { by: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
    { by: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18] },
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => ({
        by: 'bzip2',
        magic: [0x42, 0x5a, 0x68, 0x30 + level, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
    })),
];
function startsWith(head, magic) {
    return magic.every((byte, at) => head[at] === byte);
}
function isUtf16(head) {
    if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]))
        return true;
    return head.length >= 2 && (head[0] === 0) !== (head[1] === 0);
}
function isParquet(head) {
    const next = head[4];
    const magic = startsWith(head, [0x50, 0x41, 0x52, 0x31]) || startsWith(head, [0x50, 0x41, 0x52, 0x45]);
    return magic && next !== undefined && next < _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SPACE */ .t6 && ![_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .TAB */ .wn, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .LINE_FEED */ .kR, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .CARRIAGE_RETURN */ .u7].includes(next);
}
function suspectText(text) {
    if (text.startsWith('version https://git-lfs.github.com/spec/'))
        return { kind: 'lfs-pointer' };
    if (/^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(text))
        return { kind: 'html' };
    return undefined;
}


/***/ }),

/***/ 9164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Le: () => (/* binding */ LONGEST_RECORD_BYTES),
/* harmony export */   UV: () => (/* binding */ RecordTooLong),
/* harmony export */   ai: () => (/* binding */ createBuffers),
/* harmony export */   kn: () => (/* binding */ splitPoints),
/* harmony export */   og: () => (/* binding */ cutAt),
/* harmony export */   tz: () => (/* binding */ SLICE_SIZE),
/* harmony export */   wc: () => (/* binding */ slices)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);


class RecordTooLong extends _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF {
    name = 'RecordTooLong';
    offset;
    constructor(offset, mostBytes) {
        super(`Cannot read a record of more than ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .formatBytes */ .z3)(mostBytes)}`, {
            remedy: 'Write shorter records, or publish the file with "validation: off".',
        });
        this.offset = offset;
    }
}
const LONGEST_RECORD_BYTES = 64 * 1024 * 1024;
const SLICE_SIZE = { bytes: 4 * 1024 * 1024, longestRecord: LONGEST_RECORD_BYTES };
function createBuffers() {
    const free = [];
    return {
        take: (bytes) => new Uint8Array((bytes === SLICE_SIZE.bytes ? free.pop() : undefined) ?? new ArrayBuffer(bytes)),
        give: ({ buffer }) => {
            if (buffer.byteLength === SLICE_SIZE.bytes)
                free.push(buffer);
        },
    };
}
async function* slices(content, slicing) {
    let block = slicing.buffers.take(Math.min(slicing.size.bytes, content.size));
    let filled = 0;
    let left = content.size;
    let offset = 0;
    for await (const chunk of content.bytes()) {
        for (let at = 0; at < chunk.length;) {
            const taken = Math.min(chunk.length - at, block.length - filled);
            if (taken === 0)
                throw new Error('The data has more bytes than its size says');
            block.set(chunk.subarray(at, at + taken), filled);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled < block.length || left === 0)
                continue;
            const end = slicing.cut(block);
            if (end === 0 && block.length >= slicing.size.longestRecord)
                throw new RecordTooLong(offset, slicing.size.longestRecord);
            offset += end;
            const next = roomFor(block, end, slicing);
            if (end > 0)
                yield block.subarray(0, end);
            block = next;
            filled -= end;
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}
function roomFor(block, end, { size, buffers }) {
    const rest = block.subarray(end);
    const room = end === 0 ? Math.min(2 * block.length, size.longestRecord) : size.bytes;
    const next = buffers.take(Math.max(room, rest.length + 1));
    next.set(rest);
    return next;
}
async function splitPoints(content, { cut, mostBytes, signal }, size = SLICE_SIZE) {
    const fairBytes = Math.ceil(content.size / Math.ceil(content.size / mostBytes));
    const points = [];
    let position = 0;
    try {
        for await (const slice of slices(content, { cut, size, buffers: createBuffers() })) {
            signal.throwIfAborted();
            const end = position + slice.length;
            const start = points.at(-1) ?? 0;
            if (end - start > mostBytes && position > start)
                points.push(position);
            else if (end - start >= fairBytes && end < content.size)
                points.push(end);
            position = end;
        }
    }
    catch (error) {
        if (error instanceof RecordTooLong)
            return [];
        throw error;
    }
    return points;
}
function cutAt(content, points) {
    if (points.length === 0)
        return [];
    return [0, ...points].map((start, index) => content.slice(start, points[index] ?? content.size));
}


/***/ }),

/***/ 801:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F0: () => (/* binding */ Tally),
/* harmony export */   uu: () => (/* binding */ OrderedTally)
/* harmony export */ });
/* unused harmony exports MOST_PLACES, MOST_FINDINGS */
const MOST_PLACES = 100;
const MOST_FINDINGS = 1_000;
const MOST_SPELLINGS = 10_000;
class Groups {
    #groups = new Map();
    #spellings = new Map();
    all() {
        return [...this.#groups.values()];
    }
    at(known) {
        return this.#groups.get(keyOf(known, generalPath(known.path)));
    }
    of(about) {
        const spelling = keyOf(about, about.path);
        const known = this.#spellings.get(spelling);
        if (known !== undefined)
            return known;
        const group = this.#groupAt(about, generalPath(about.path));
        if (this.#spellings.size < MOST_SPELLINGS)
            this.#spellings.set(spelling, group);
        return group;
    }
    #groupAt(about, path) {
        const { code, level, fate } = about;
        const key = keyOf(about, path);
        const known = this.#groups.get(key);
        if (known !== undefined)
            return known;
        if (this.#groups.size >= MOST_FINDINGS && path !== ELSEWHERE)
            return this.#groupAt(about, ELSEWHERE);
        const group = { code, level, fate, path, count: 0, first: [] };
        this.#groups.set(key, group);
        return group;
    }
}
function keyOf({ code, fate }, path) {
    return `${code} ${fate} ${path}`;
}
function generalPath(path) {
    return path.replace(/\/(?:key )?\d+(?=\/|$)/g, '/*');
}
class Tally {
    #groups = new Groups();
    #found = [];
    count(issue, placeIssue) {
        const group = this.#groups.of(issue);
        group.count++;
        if (group.first.length < MOST_PLACES)
            group.first.push(placeIssue());
    }
    countAll(known, placeOf) {
        const groups = this.#found;
        for (let index = 0; index < known.length; index++) {
            const one = known.at(index);
            const group = this.#fullGroup(one);
            if (group === undefined && one?.issue === undefined)
                return false;
            groups[index] = group;
        }
        for (let index = 0; index < known.length; index++) {
            const group = groups[index];
            if (group !== undefined)
                group.count++;
            else
                this.#countPlaced(known.at(index)?.issue, placeOf(index));
        }
        return true;
    }
    #countPlaced(issue, place) {
        if (issue !== undefined)
            this.count(issue, () => ({ issue, place }));
    }
    #fullGroup(known) {
        if (known === undefined)
            return undefined;
        const { counter } = known;
        if (counter.by === this && counter.group !== undefined)
            return counter.group;
        const group = this.#groups.at(known);
        if (group === undefined || group.first.length < MOST_PLACES)
            return undefined;
        counter.by = this;
        counter.group = group;
        return group;
    }
    add(findings, move) {
        for (const finding of findings) {
            const group = this.#groups.of(finding);
            group.count += finding.count;
            for (const { issue, place } of finding.first.slice(0, MOST_PLACES - group.first.length)) {
                group.first.push({ issue, place: move(place) });
            }
        }
    }
    findings() {
        return this.#groups.all();
    }
}
class OrderedTally {
    #groups = new Groups();
    count(issue, placeIssue) {
        const group = this.#groups.of(issue);
        group.count++;
        this.#keep(group, placeIssue());
    }
    countAgain(issue, times) {
        this.#groups.of(issue).count += times;
    }
    add(findings) {
        for (const finding of findings) {
            const group = this.#groups.of(finding);
            group.count += finding.count;
            for (const kept of finding.first)
                this.#keep(group, kept);
        }
    }
    findings() {
        for (const group of this.#groups.all())
            trim(group);
        return this.#groups.all().toSorted((one, other) => compareFirst(one, other));
    }
    #keep(group, kept) {
        const last = group.first[MOST_PLACES - 1];
        if (last !== undefined && compareOrder(last.order, kept.order) <= 0)
            return;
        group.first.push(kept);
        if (group.first.length >= 2 * MOST_PLACES || compareOrder(group.first.at(-2)?.order ?? [], kept.order) > 0)
            trim(group);
    }
}
function trim(group) {
    group.first.sort((one, other) => compareOrder(one.order, other.order));
    group.first.splice(MOST_PLACES);
}
function compareFirst(one, other) {
    return compareOrder(one.first[0]?.order ?? [], other.first[0]?.order ?? []);
}
function compareOrder(one, other) {
    for (let at = 0; at < one.length && at < other.length; at++) {
        const difference = (one[at] ?? 0) - (other[at] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return one.length - other.length;
}
const ELSEWHERE = '/**';


/***/ }),

/***/ 787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S7: () => (/* binding */ InputProblem),
/* harmony export */   oi: () => (/* binding */ inputProblem),
/* harmony export */   pH: () => (/* binding */ CORRECT_INPUTS)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);

const CORRECT_INPUTS = 'Correct them under "with:" of the step, or in its environment. An empty value (an undefined secret, say) counts as missing.';
function inputProblem(faults, more = { remedy: CORRECT_INPUTS }) {
    return new InputProblem(faults, more);
}
class InputProblem extends _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF {
    faults;
    constructor(faults, more) {
        super(`Cannot use the inputs of this step:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, more);
        this.faults = faults;
    }
}


/***/ }),

/***/ 8024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B2: () => (/* binding */ createSemaphore),
/* harmony export */   G: () => (/* binding */ runConcurrently),
/* harmony export */   Mu: () => (/* binding */ raceAbort),
/* harmony export */   RZ: () => (/* binding */ lazy),
/* harmony export */   dJ: () => (/* binding */ cancelOnSignals),
/* harmony export */   hE: () => (/* binding */ createHeadStart),
/* harmony export */   nW: () => (/* binding */ STOP_SIGNALS),
/* harmony export */   qX: () => (/* binding */ pauseWithin),
/* harmony export */   rR: () => (/* binding */ runBoth),
/* harmony export */   wt: () => (/* binding */ poll)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);

class SiblingFailed extends Error {
    name = 'SiblingFailed';
}
async function runConcurrently(items, { width, signal }, work) {
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const queue = Array.from(items).entries();
    const results = [];
    const failures = [];
    const worker = async () => {
        for (const [index, item] of queue) {
            if (both.aborted)
                return;
            try {
                results[index] = await work(item, both);
            }
            catch (error) {
                if (!(error instanceof SiblingFailed))
                    failures.push(error);
                stop.abort(new SiblingFailed());
            }
        }
    };
    await Promise.all(Array.from({ length: width }, worker));
    signal.throwIfAborted();
    if (failures.length > 1)
        throw new AggregateError(failures, `${failures.length} tasks failed`);
    if (failures.length === 1)
        throw failures[0];
    return results;
}
async function runBoth(first, second, signal) {
    const results = {};
    const work = [
        async (sibling) => void (results.first = await first(sibling)),
        async (sibling) => void (results.second = await second(sibling)),
    ];
    await runConcurrently(work, { width: work.length, signal }, (one, sibling) => one(sibling));
    return [results.first, results.second];
}
function createHeadStart({ clock, signal }) {
    let begun;
    const giveUp = () => {
        begun?.stop.abort(new GivenUpAhead());
        begun = undefined;
    };
    const ahead = {
        begin(work) {
            giveUp();
            const stop = new AbortController();
            const result = work(AbortSignal.any([signal, stop.signal]));
            result.catch(() => undefined);
            begun = { result, atMs: clock.now(), stop };
        },
        take(mostMs, limit) {
            if (begun !== undefined && clock.now() - begun.atMs > mostMs)
                giveUp();
            const taken = begun;
            begun = undefined;
            limit?.addEventListener('abort', () => taken?.stop.abort(limit.reason), { once: true });
            return taken?.result;
        },
        async [Symbol.asyncDispose]() {
            const left = begun?.result;
            giveUp();
            await left?.catch(() => undefined);
        },
    };
    return ahead;
}
class GivenUpAhead extends Error {
    name = 'GivenUpAhead';
}
async function raceAbort(work, signal) {
    const { promise, reject } = Promise.withResolvers();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted)
        stop();
    try {
        return await Promise.race([promise, work]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
function createSemaphore(width) {
    const waiting = [];
    let free = width;
    const admit = async () => {
        if (free > 0)
            free--;
        else
            await new Promise((resolve) => waiting.push(resolve));
    };
    const leave = () => {
        const next = waiting.shift();
        if (next === undefined)
            free++;
        else
            next();
    };
    return {
        async enter(signal, work) {
            await admit();
            try {
                signal.throwIfAborted();
                return await work();
            }
            finally {
                leave();
            }
        },
    };
}
function lazy(make) {
    let made;
    return { get: () => (made ??= make()), isMade: () => made !== undefined };
}
async function poll(read, { isDone, pauses }, { waits, signal }) {
    const { clock, mostMs } = waits.budget;
    const [firstMs, nextMs] = typeof pauses === 'function' ? [0, pauses] : [pauses[0] ?? 0, ({ looks }) => pauses[looks]];
    const startMs = clock.now();
    if (firstMs > 0)
        await clock.sleep(firstMs, signal);
    let askedMs = clock.now();
    let seen = await read(undefined);
    for (let looks = 1; !isDone(seen); looks++) {
        const nowMs = clock.now();
        const pauseMs = nextMs({ seen, looks, ageMs: nowMs - startMs, lookMs: nowMs - askedMs });
        if (pauseMs === undefined || mostMs() <= 0)
            return seen;
        await clock.sleep(pauseMs, signal);
        askedMs = clock.now();
        seen = await read(seen);
    }
    return seen;
}
function pauseWithin(leftMs, pauseMs) {
    return leftMs > 0 ? Math.min(pauseMs, leftMs) : undefined;
}
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'];
function cancelOnSignals(source) {
    const controller = new AbortController();
    for (const name of STOP_SIGNALS)
        source.on(name, () => controller.abort(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Cancelled */ .cJ(name)));
    return controller.signal;
}


/***/ }),

/***/ 3361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   dy: () => (/* binding */ bytesContent),
/* harmony export */   lB: () => (/* binding */ observe),
/* harmony export */   rL: () => (/* binding */ joinedContent),
/* harmony export */   yw: () => (/* binding */ readAll)
/* harmony export */ });
function bytesContent(bytes) {
    return {
        size: bytes.length,
        slice: (start, end) => bytesContent(bytes.subarray(start, end)),
        async *bytes() {
            if (bytes.length > 0)
                yield bytes;
        },
    };
}
const GATHERED_BYTES = 1 << 18;
function joinedContent(parts) {
    return {
        size: parts.reduce((total, { size }) => total + size, 0),
        slice: (start, end) => joinedContent(cutOut(parts, start, end)),
        bytes: () => readJoined(parts),
    };
}
function cutOut(parts, start, end) {
    let position = 0;
    return parts.flatMap((one) => {
        const from = Math.max(start - position, 0);
        const to = Math.min(end - position, one.size);
        position += one.size;
        if (from >= to)
            return [];
        return [from === 0 && to === one.size ? one : one.slice(from, to)];
    });
}
async function* readJoined(parts) {
    const total = parts.reduce((bytes, { size }) => bytes + size, 0);
    const buffer = Buffer.allocUnsafeSlow(Math.min(GATHERED_BYTES, total));
    let used = 0;
    for (const one of parts) {
        for await (const chunk of one.bytes()) {
            if (used + chunk.length > buffer.length && used > 0) {
                yield buffer.subarray(0, used);
                used = 0;
            }
            if (chunk.length >= buffer.length)
                yield chunk;
            else {
                buffer.set(chunk, used);
                used += chunk.length;
            }
        }
    }
    if (used > 0)
        yield buffer.subarray(0, used);
}
function observe(content, see) {
    return {
        size: content.size,
        slice: (start, end) => observe(content.slice(start, end), see),
        async *bytes() {
            for await (const chunk of content.bytes()) {
                await see(chunk);
                yield chunk;
            }
        },
    };
}
async function readAll(content) {
    const all = new Uint8Array(content.size);
    let at = 0;
    for await (const chunk of content.bytes()) {
        all.set(chunk, at);
        at += chunk.length;
    }
    return all;
}


/***/ }),

/***/ 1469:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   AF: () => (/* binding */ Problem),
/* harmony export */   H7: () => (/* binding */ openRemedy),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   cJ: () => (/* binding */ Cancelled),
/* harmony export */   g1: () => (/* binding */ hasTooManyOpen),
/* harmony export */   uc: () => (/* binding */ systemReason)
/* harmony export */ });
class Problem extends Error {
    name = 'Problem';
    remedy;
    isPassing;
    mayHaveActed;
    constructor(message, { remedy, isPassing = false, mayHaveActed = false, cause }) {
        super(withoutRepetition(message), { cause });
        this.remedy = remedy;
        this.isPassing = isPassing;
        this.mayHaveActed = mayHaveActed;
    }
}
const PREFIX = /^Cannot ((?:"(?:[^"\\]|\\.)*"|[^":]|:(?! ))*): /s;
function withoutRepetition(message) {
    const outer = PREFIX.exec(message);
    const inner = outer && PREFIX.exec(message.slice(outer[0].length));
    if (!inner)
        return message;
    const rest = message.slice(outer[0].length + inner[0].length);
    const [ours, theirs] = [wordsOf(outer[1]), wordsOf(inner[1])];
    if (theirs.every((word) => ours.includes(word)))
        return outer[0] + rest;
    return ours.every((word) => theirs.includes(word)) ? inner[0] + rest : message;
}
function wordsOf(text = '') {
    const words = text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/gs) ?? [];
    return words.filter((word) => word !== 'the');
}
class Cancelled extends Error {
    name = 'Cancelled';
    constructor(signal) {
        super(`The step was cancelled (${signal})`);
    }
}
function nameOf(thrown) {
    return thrown instanceof Error ? thrown.name : typeof thrown;
}
function messageOf(thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
}
function systemReason(thrown) {
    return messageOf(thrown).replace(/, \w+(?: '.*)?$/s, '');
}
function codeOf(thrown) {
    if (!(thrown instanceof Error))
        return '';
    if ('code' in thrown && typeof thrown.code === 'string')
        return thrown.code;
    return thrown.cause === undefined ? '' : codeOf(thrown.cause);
}
function openRemedy(cause, usual) {
    return hasTooManyOpen(cause) ? TOO_MANY_OPEN : usual;
}
function hasTooManyOpen(cause) {
    return ['EMFILE', 'ENFILE'].includes(codeOf(cause));
}
const TOO_MANY_OPEN = 'The runner does not let this process open more files. Raise its limit ("ulimit -n"), lower "concurrency", or publish fewer files per step.';


/***/ }),

/***/ 8908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ pointer),
/* harmony export */   c: () => (/* binding */ pointerSegments)
/* harmony export */ });
function pointer(segments) {
    return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
function pointerSegments(written) {
    const escaped = written.split('/').slice(1);
    return escaped.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}


/***/ }),

/***/ 4386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P5: () => (/* binding */ setOwn),
/* harmony export */   eC: () => (/* binding */ ownValue),
/* harmony export */   sJ: () => (/* binding */ jsonReader)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);

function jsonReader(value, path, key) {
    const reader = {
        path,
        value: () => value,
        key: () => jsonReader(key, `the key of ${path}`),
        get: (name) => jsonReader(isObject(value) ? ownValue(value, name) : undefined, `${path}.${name}`, name),
        entries: () => isObject(value) ? Object.entries(value).map(([name, v]) => [name, jsonReader(v, `${path}.${name}`, name)]) : [],
        items: () => (Array.isArray(value) ? value.map((v, i) => jsonReader(v, `${path}[${i}]`)) : []),
        text: () => (typeof value === 'string' ? value : undefined),
        number: () => asNumber(value),
        boolean: () => (typeof value === 'boolean' ? value : undefined),
        mustText: () => {
            if (typeof value === 'string')
                return value;
            throw otherThan('a string', path, value);
        },
        mustItems: () => {
            if (Array.isArray(value))
                return reader.items();
            throw otherThan('a list', path, value);
        },
        mustEntries: () => {
            if (isObject(value))
                return reader.entries();
            throw otherThan('an object', path, value);
        },
    };
    return reader;
}
function otherThan(expected, path, value) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF(`Cannot read the platform's answer: ${path} is ${describe(value)}, not ${expected}`, {
        remedy: 'Run the job again with debug logging, and report the answer.',
    });
}
function ownValue(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
}
function setOwn(object, name, value) {
    if (name === '__proto__') {
        Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
    }
    else
        object[name] = value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function asNumber(value) {
    if (typeof value === 'number')
        return value;
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
function describe(value) {
    if (value === undefined)
        return 'missing';
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'a list';
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}


/***/ }),

/***/ 9292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ rankBySimilarity),
/* harmony export */   q: () => (/* binding */ nearestName)
/* harmony export */ });
function nearestName(word, names) {
    if (word.length > LONGEST_WORD)
        return undefined;
    let best;
    for (const name of names) {
        const tolerance = toleranceFor(word, name);
        if (Math.abs(word.length - name.length) > tolerance)
            continue;
        const slips = distance(word.toLowerCase(), name.toLowerCase(), tolerance);
        if (slips <= tolerance && slips < (best?.slips ?? Infinity))
            best = { name, slips };
    }
    return best?.name;
}
const LONGEST_WORD = 200;
const MOST_RANKED = 5;
function rankBySimilarity(word, names) {
    const slips = (name) => distance(word.toLowerCase(), name.toLowerCase());
    return [...new Set(names)]
        .filter((name) => name !== '')
        .map((name) => ({ name, slips: slips(name) }))
        .toSorted((a, b) => a.slips - b.slips)
        .slice(0, MOST_RANKED)
        .map(({ name }) => name);
}
function toleranceFor(word, name) {
    return Math.floor(Math.max(word.length, name.length) / 3);
}
function distance(a, b, most = Infinity) {
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const replaced = entryAt(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
            const swapped = isSwap(a, b, { i, j }) ? entryAt(beforeLast, j - 2) + 1 : Infinity;
            row.push(Math.min(entryAt(last, j) + 1, entryAt(row, j - 1) + 1, replaced, swapped));
        }
        if (isAbove(row, most) && isAbove(last, most))
            return Infinity;
        beforeLast = last;
        last = row;
    }
    return entryAt(last, b.length);
}
function isAbove(row, most) {
    return row.every((entry) => entry > most);
}
function isSwap(a, b, { i, j }) {
    return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
}
function entryAt(row, index) {
    return row[index] ?? Infinity;
}


/***/ }),

/***/ 4869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CF: () => (/* binding */ withoutLastZeros),
/* harmony export */   FS: () => (/* binding */ joinFirst),
/* harmony export */   Hv: () => (/* binding */ OPEN_BRACE),
/* harmony export */   JN: () => (/* binding */ quoteList),
/* harmony export */   KE: () => (/* binding */ COMMA),
/* harmony export */   N5: () => (/* binding */ MINUS),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   UN: () => (/* binding */ escapeControls),
/* harmony export */   VI: () => (/* binding */ escapeOldCommands),
/* harmony export */   WL: () => (/* binding */ OPEN_BRACKET),
/* harmony export */   Xo: () => (/* binding */ compareBytes),
/* harmony export */   ZV: () => (/* binding */ formatNumber),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   b9: () => (/* binding */ PLUS),
/* harmony export */   bn: () => (/* binding */ NINE),
/* harmony export */   d3: () => (/* binding */ mayBeOneFile),
/* harmony export */   du: () => (/* binding */ TILDE),
/* harmony export */   f2: () => (/* binding */ ZERO),
/* harmony export */   g9: () => (/* binding */ escapeCommands),
/* harmony export */   jA: () => (/* binding */ QUOTE),
/* harmony export */   kR: () => (/* binding */ LINE_FEED),
/* harmony export */   ml: () => (/* binding */ shorten),
/* harmony export */   o: () => (/* binding */ SLASH),
/* harmony export */   oH: () => (/* binding */ COLON),
/* harmony export */   rL: () => (/* binding */ listFirst),
/* harmony export */   r_: () => (/* binding */ BACKSLASH),
/* harmony export */   rc: () => (/* binding */ CLOSE_BRACE),
/* harmony export */   sl: () => (/* binding */ escapeUntrusted),
/* harmony export */   t6: () => (/* binding */ SPACE),
/* harmony export */   u7: () => (/* binding */ CARRIAGE_RETURN),
/* harmony export */   wn: () => (/* binding */ TAB),
/* harmony export */   wt: () => (/* binding */ CLOSE_BRACKET),
/* harmony export */   z3: () => (/* binding */ formatBytes),
/* harmony export */   zh: () => (/* binding */ POINT)
/* harmony export */ });
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const TILDE = 0x7e;
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
function formatBytes(bytes) {
    if (bytes < 1000)
        return `${bytes} bytes`;
    const power = Math.min(Math.floor(Math.log10(bytes / 0.99995) / 3), UNITS.length - 1);
    return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`;
}
function formatDuration(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
function formatNumber(number) {
    if (Number.isInteger(number) && Math.abs(number) < 1000)
        return String(number);
    return number.toLocaleString('en-US');
}
function count(number, noun) {
    return `${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`;
}
function compareBytes(a, b) {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
function withoutLastZeros(digits) {
    let end = digits.length;
    while (digits[end - 1] === '0')
        end--;
    return digits.slice(0, end);
}
function joinFirst(items, most, separator = ', ') {
    const more = items.length - most;
    return `${items.slice(0, most).join(separator)}${more > 0 ? ` and ${more} more` : ''}`;
}
const MOST_CHARACTERS = 1_000;
function shorten(text, most = MOST_CHARACTERS) {
    return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}\u2026`;
}
const MOST_LISTED = 20;
function listFirst(items, noun) {
    const more = items.length - MOST_LISTED;
    const rest = more > 0 ? [`and ${formatNumber(more)} more ${noun}${more === 1 ? '' : 's'}`] : [];
    return [...items.slice(0, MOST_LISTED), ...rest].map((line) => `- ${line}`).join('\n');
}
function quoteList(paths) {
    return joinFirst(paths.map((path) => JSON.stringify(path)), MOST_LISTED);
}
function escapeUntrusted(text) {
    return escapeCommands(escapeControls(text));
}
function escapeControls(text) {
    return (text
        .replace(/\r\n?/g, '\n')
        .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, spellOut));
}
function spellOut(character) {
    return character === '\t' ? '  ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
function escapeCommands(text) {
    return escapeOldCommands(text).replace(/^([^\S\n\r\u2028\u2029]*):(?=:)/gm, '$1: ');
}
function escapeOldCommands(text) {
    return text.replace(/##(?=\[)/g, '# #');
}
function mayBeOneFile(one, other) {
    return foldCase(one) === foldCase(other);
}
function foldCase(path) {
    const segments = path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.');
    return segments.join('/').normalize('NFC').toLowerCase();
}


/***/ }),

/***/ 1527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JN: () => (/* binding */ backoff),
/* harmony export */   NE: () => (/* binding */ withDeadline),
/* harmony export */   Si: () => (/* binding */ every),
/* harmony export */   Vs: () => (/* binding */ retryAfterMs),
/* harmony export */   Xp: () => (/* binding */ DeadlinePassed),
/* harmony export */   fb: () => (/* binding */ createWaitBudget),
/* harmony export */   ml: () => (/* binding */ systemClock),
/* harmony export */   sO: () => (/* binding */ DAY_MS),
/* harmony export */   u1: () => (/* binding */ deferBudget)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8500);

const systemClock = {
    now: () => performance.timeOrigin + performance.now(),
    wallNow: () => Date.now(),
    sleep: async (ms, signal) => {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal }).catch(() => {
            throw signal.reason;
        });
    },
};
function every(ms, look) {
    const timer = setInterval(look, ms);
    timer.unref();
    return { [Symbol.dispose]: () => clearInterval(timer) };
}
const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const LONGEST_WISH_MS = 300_000;
function backoff({ attempts, wishMs }, random) {
    if (wishMs !== undefined)
        return Math.min(wishMs, LONGEST_WISH_MS) + random() * FIRST_MS;
    return random() * Math.min(FIRST_MS * 2 ** attempts, LONGEST_MS);
}
const HTTP_DATE = /^\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;
function retryAfterMs(header, nowMs) {
    if (header === undefined)
        return undefined;
    if (/^\s*\d+\s*$/.test(header))
        return Number(header) * 1000;
    if (!HTTP_DATE.test(header))
        return undefined;
    const at = Date.parse(/GMT\s*$/.test(header) ? header : `${header} GMT`);
    return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
class DeadlinePassed extends Error {
    name = 'DeadlinePassed';
}
async function withDeadline({ silenceMs, clock, signal }, work) {
    const stalled = new AbortController();
    const over = new AbortController();
    let touchedMs = clock.now();
    const watching = (async () => {
        for (let leftMs = silenceMs; leftMs > 0; leftMs = touchedMs + silenceMs - clock.now()) {
            await clock.sleep(leftMs, over.signal);
        }
        stalled.abort(new DeadlinePassed(`no progress for ${silenceMs / 1000} s`));
    })().catch(() => undefined);
    try {
        const both = AbortSignal.any([signal, stalled.signal]);
        both.throwIfAborted();
        return await work(both, () => (touchedMs = clock.now()));
    }
    finally {
        over.abort();
        await watching;
    }
}
function createWaitBudget({ totalMs, graceMs }, clock) {
    let spentMs = 0;
    let waits = 0;
    let sinceMs = 0;
    let countedUntilMs = -Infinity;
    const countSince = (ms) => {
        const untilMs = waits > 0 ? sinceMs : clock.now();
        spentMs += Math.max(0, untilMs - Math.max(ms, countedUntilMs));
        countedUntilMs = Math.max(countedUntilMs, untilMs);
    };
    const during = async (wait) => {
        if (waits++ === 0)
            sinceMs = clock.now();
        try {
            return await wait();
        }
        finally {
            if (--waits === 0)
                countSince(sinceMs);
        }
    };
    const leftMs = () => totalMs - spentMs - (waits > 0 ? clock.now() - sinceMs : 0);
    const mostMs = () => Math.max(0, leftMs() + graceMs);
    const sleep = (ms, signal) => during(() => clock.sleep(Math.min(ms, mostMs()), signal));
    return { leftMs, mostMs, during, countSince, clock: { ...clock, sleep } };
}
function deferBudget(budget, clock) {
    let now = createWaitBudget({ totalMs: Infinity, graceMs: 0 }, clock);
    return {
        begin: () => void (now = budget),
        leftMs: () => now.leftMs(),
        mostMs: () => now.mostMs(),
        during: (wait) => now.during(wait),
        countSince: (ms) => now.countSince(ms),
        clock: { ...clock, sleep: (ms, signal) => now.clock.sleep(ms, signal) },
    };
}
const DAY_MS = 24 * 3_600_000;


/***/ }),

/***/ 9479:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5919);
/* harmony import */ var _formats_pool_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7101);
/* harmony import */ var _modes_steps_run_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5605);



if (node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.isMainThread)
    await Promise.all(/* import() */[__nccwpck_require__.e(447), __nccwpck_require__.e(81)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6628));
else
    (0,_formats_pool_js__WEBPACK_IMPORTED_MODULE_1__/* .serveSlices */ .dB)((setup, progress) => (0,_modes_steps_run_js__WEBPACK_IMPORTED_MODULE_2__/* .quickCheckOf */ .xe)(setup, progress));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 1318:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ji: () => (/* binding */ columnLookup),
/* harmony export */   MH: () => (/* binding */ plainName),
/* harmony export */   kA: () => (/* binding */ shownNames),
/* harmony export */   nc: () => (/* binding */ checkColumnsOf),
/* harmony export */   uV: () => (/* binding */ columnOf)
/* harmony export */ });
/* harmony import */ var _lib_similar_names_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9292);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4869);
/* harmony import */ var _schema_columns_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2609);
/* harmony import */ var _schema_walk_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5521);
/* harmony import */ var _convert_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5886);
/* harmony import */ var _expression_syntax_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3713);






function columnLookup(header) {
    if (header === undefined)
        return { keyOf: (name) => name, hasColumn: () => false, indexOf: () => -1 };
    const names = new Set(header);
    const trimmed = new Map(header.toReversed().map((name) => [name.trim(), name]));
    const keyOf = (name) => (names.has(name) ? name : (trimmed.get(name) ?? name));
    return { keyOf, hasColumn: (name) => names.has(keyOf(name)), indexOf: (name) => header.indexOf(keyOf(name)) };
}
function checkColumnsOf(mapping, columns) {
    const lookup = columnLookup(columns.names);
    const minus = minusNotes(mapping, columns.names);
    const found = mapping.entries.flatMap((entry) => entryFaults(entry, columns, lookup));
    const faults = found.length === 0 ? [] : (delimiterFaults(columns) ?? found.map((fault) => withCause(fault, minus)));
    const read = new Set(mapping.entries.flatMap(({ checked }) => checked.reads.flatMap(({ path }) => columnOf(path, lookup) ?? [])));
    const unmapped = columns.names.filter((name) => !read.has(name));
    const notes = [...trimmedNotes(columns.names, read, mapping), ...minus];
    return { faults, notes, unmapped };
}
function delimiterFaults({ names, areTexts }) {
    const hint = areTexts ? (0,_schema_columns_js__WEBPACK_IMPORTED_MODULE_0__/* .delimiterHint */ .zY)(names) : undefined;
    return hint === undefined ? undefined : [{ code: 'source', message: `the file has a single column: ${hint}` }];
}
function withCause(fault, minus) {
    const note = fault.code === 'source' ? minus.find(({ mapping }) => mapping === fault.mapping) : undefined;
    return note === undefined ? fault : { ...fault, message: `${fault.message}; ${note.message}` };
}
function shownNames(names, showValues) {
    const shown = names.filter((name) => showValues || (0,_schema_walk_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainName */ .sh)(name));
    return { shown, hidden: names.length - shown.length };
}
function columnOf({ steps, whole }, { keyOf, hasColumn }) {
    if (whole !== undefined && hasColumn(whole))
        return keyOf(whole);
    const [first] = steps;
    return first?.kind === 'name' && hasColumn(first.name) ? keyOf(first.name) : undefined;
}
function entryFaults(entry, columns, lookup) {
    const about = { mapping: entry.number, target: entry.target.text };
    const faults = entry.checked.reads
        .filter(({ mayLack }) => !mayLack)
        .flatMap((read) => readFaults(read, columns, lookup).map((fault) => placed(fault, entry, read)));
    const isColumn = columns.areTexts && entry.kind === 'attribute' && faults.length === 0;
    if (isColumn && !(0,_convert_js__WEBPACK_IMPORTED_MODULE_2__/* .mayFit */ .$B)('text', entry.target.field)) {
        const message = `a CSV column holds strings, and the target is an ${entry.target.field.kind}: build it with an expression`;
        return [{ ...about, code: 'type', message }];
    }
    return faults.map((fault) => ({ ...about, ...fault }));
}
function placed(fault, { source }, { at }) {
    return { ...fault, excerpt: { text: source, at } };
}
function readFaults({ path }, columns, lookup) {
    const column = columnOf(path, lookup);
    const name = nameOf(path);
    if (column === undefined)
        return [{ code: 'source', message: `no column is named ${quote(name)}${hintFor(name, columns)}` }];
    const isInside = path.steps.length > 1 && lookup.keyOf(path.whole ?? '') !== column;
    if (!columns.areTexts || !isInside)
        return [];
    const message = `column ${quote(column)} holds strings: ${quote(name)} cannot read a field inside it`;
    return [{ code: 'source', message }];
}
function nameOf({ steps, whole }) {
    const [first] = steps;
    return whole ?? (first?.kind === 'name' ? first.name : '');
}
function hintFor(name, { names, showValues }) {
    const plain = plainName(name);
    const areNames = showValues || names.every(_schema_walk_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainName */ .sh);
    const nearest = names.find((one) => plainName(one) === plain) ?? (areNames ? (0,_lib_similar_names_js__WEBPACK_IMPORTED_MODULE_4__/* .nearestName */ .q)(name, names) : undefined);
    if (nearest !== undefined)
        return `: did you mean ${quote(nearest)}?`;
    if (areNames)
        return `: the file has ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .quoteList */ .JN)(names)}`;
    return `: the file has ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(names.length, 'column')}, whose names may be data ("show-values: true" shows them)`;
}
function plainName(name) {
    return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
function quote(name) {
    return JSON.stringify(name);
}
function trimmedNotes(names, read, { entries }) {
    const exact = new Set(entries.flatMap(({ checked }) => checked.reads.flatMap(({ path: { steps, whole } }) => {
        const [first] = steps;
        return [...(whole === undefined ? [] : [whole]), ...(first?.kind === 'name' ? [first.name] : [])];
    })));
    const trimmed = names.filter((name) => read.has(name) && name !== name.trim() && !exact.has(name));
    if (trimmed.length === 0)
        return [];
    return [{ message: `Column names matched after removing the spaces around them: ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .quoteList */ .JN)(trimmed)}` }];
}
function minusNotes({ entries }, names) {
    const known = new Set(names);
    return entries.flatMap(({ number, target, checked }) => subtractions(checked.expression)
        .filter((name) => known.has(name))
        .map((name) => {
        return {
            mapping: number,
            target: target.text,
            message: `${name} is read as a subtraction: write \${${name}} for the column`,
        };
    }));
}
function subtractions(node) {
    const below = (0,_expression_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .childrenOf */ .L)(node).flatMap(subtractions);
    if (node.kind !== 'binary' || node.operator !== '-')
        return below;
    const [left, right] = [node.left, node.right];
    const isName = left.kind === 'path' && right.kind === 'path';
    return isName ? [`${left.path.whole ?? ''}-${right.path.whole ?? ''}`, ...below] : below;
}


/***/ }),

/***/ 5886:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $B: () => (/* binding */ mayFit),
/* harmony export */   Ue: () => (/* binding */ converterOf),
/* harmony export */   dx: () => (/* binding */ kindWord)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1106);
/* harmony import */ var _dates_moment_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5079);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9965);
/* harmony import */ var _functions_dates_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9501);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9572);






const KNOWN = new WeakMap();
function converterOf(field) {
    const known = KNOWN.get(field) ?? makeConverter(field);
    KNOWN.set(field, known);
    return known;
}
function makeConverter(field) {
    switch (field.kind) {
        case 'string':
            return toText;
        case 'boolean':
            return toBoolean;
        case 'integer':
            return integerConverter(field);
        case 'number':
            return toNumber;
        case 'date-time':
            return toDateTime;
        case 'date':
            return toDay;
        case 'array':
            return arrayConverter(field);
        case 'object':
            return field.isOpen ? openObject : objectConverter(field);
        case 'map':
            return mapConverter(field);
        case 'any':
            return toAny;
        default:
            return field;
    }
}
const MISFITS = {
    string: ['object', 'array'],
    boolean: ['number', 'date', 'object', 'array'],
    integer: ['boolean', 'date', 'object', 'array'],
    number: ['boolean', 'date', 'object', 'array'],
    'date-time': ['boolean', 'object', 'array'],
    date: ['boolean', 'object', 'array'],
    object: ['text', 'number', 'boolean', 'date', 'array'],
    map: ['text', 'number', 'boolean', 'date', 'array'],
    array: [],
    any: [],
};
function mayFit(kind, field) {
    if (kind === 'any')
        return true;
    if (field.kind === 'array')
        return kind === 'array' || (isScalarField(field.items) && mayFit(kind, field.items));
    return !MISFITS[field.kind].includes(kind);
}
function isScalarField({ kind }) {
    return kind !== 'object' && kind !== 'map' && kind !== 'array';
}
const KIND_WORDS = {
    text: 'a string',
    number: 'a number',
    boolean: 'a boolean',
    date: 'a date',
    object: 'an object',
    array: 'an array',
    any: 'a value',
};
function kindWord(kind) {
    return KIND_WORDS[kind];
}
function isNothing(value) {
    return value === null || (typeof value === 'string' && value.trim() === '');
}
const toText = (value) => {
    if (typeof value === 'string')
        return value;
    if (value === null)
        return undefined;
    if (typeof value === 'number')
        return String(value);
    if (value instanceof _value_js__WEBPACK_IMPORTED_MODULE_5__/* .WholeDouble */ .rV)
        return String(value.nearest);
    return value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J ? value.text : (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(value);
};
const TRUE = new Set(['y', 'yes', 'Y', 'YES', 'on', 'ON', 'true', 'TRUE']);
const FALSE = new Set(['n', 'N', 'no', 'NO', 'off', 'OFF', 'false', 'FALSE']);
const toBoolean = (value) => {
    if (typeof value === 'boolean')
        return value;
    if (isNothing(value))
        return undefined;
    const word = typeof value === 'string' ? value.trim() : '';
    if (TRUE.has(word))
        return true;
    if (FALSE.has(word))
        return false;
    throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('a boolean: true, yes, y, on or false, no, n, off, all in lower or all in upper case', value);
};
function integerConverter({ range: { min, max } }) {
    const expected = `an integer from ${min} to ${max}`;
    return (value, scope) => {
        if (isNothing(value))
            return undefined;
        const whole = wholeOfValue(value);
        if (whole === undefined)
            throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)(expected, value);
        if (whole < min || whole > max)
            throw new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueFault */ .Qe(expected, 'one outside of that range');
        return typeof whole === 'number' ? whole : wholeNumber(whole, scope);
    };
}
function wholeOfValue(value) {
    if (typeof value === 'string')
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .readWhole */ .oD)(value);
    if (typeof value === 'number')
        return Number.isInteger(value) ? value : undefined;
    return value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J ? value.exact : undefined;
}
function wholeNumber(exact, scope) {
    const number = Number(exact);
    if (Number.isSafeInteger(number))
        return number;
    scope.isLossless = true;
    return new _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J(String(exact));
}
const toNumber = (value, scope) => {
    if (isNothing(value))
        return undefined;
    const number = typeof value === 'string' ? (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .readNumber */ .kz)(value) : value;
    if (typeof number === 'number')
        return number;
    if (!(number instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('a number', value);
    return plainNumber(number, scope);
};
function plainNumber(number, scope) {
    const numeric = (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numericOf */ .jd)(number);
    if ('whole' in numeric)
        return wholeNumber(numeric.whole, scope);
    if (!Number.isFinite(numeric.decimal))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('a number within about \u00b11.8e308', number);
    return numeric.decimal;
}
const UTC_SECOND = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const toDateTime = (value, scope) => {
    if (typeof value === 'string' && UTC_SECOND.test(value) && !value.startsWith('0000'))
        return value;
    const moment = momentOf(value, scope);
    if (moment === undefined)
        return undefined;
    return (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_2__/* .isoText */ .t_)(moment.isDay ? moment.in(0) : moment);
};
const toDay = (value, scope) => {
    const moment = momentOf(value, scope);
    return moment === undefined ? undefined : (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_2__/* .dayText */ .Ew)(moment);
};
function momentOf(value, scope) {
    if (value instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_2__/* .Moment */ ["do"])
        return mustBeWritable(value);
    if (isNothing(value))
        return undefined;
    if (typeof value === 'string')
        return (0,_functions_dates_js__WEBPACK_IMPORTED_MODULE_4__/* .readDateText */ .a)(value.trim(), scope);
    const ms = wholeOfValue(value);
    if (ms === undefined)
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('a date, or milliseconds since 1970', value);
    return mustBeWritable((0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_2__/* .momentOfEpoch */ .lo)(Number(ms)));
}
function mustBeWritable(moment) {
    const { year } = moment.wall;
    if (year >= 1 && year <= 9999)
        return moment;
    throw new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueFault */ .Qe('a date of the years 1 to 9999', 'another');
}
function arrayConverter({ items }) {
    const isOfScalars = isScalarField(items);
    return (value, scope) => {
        if (value === null || value === '')
            return isOfScalars && items.kind === 'string' && value === '' ? [''] : undefined;
        const convert = converterOf(items);
        if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isArrayValue */ .D8)(value))
            return convertItems(value, convert, scope);
        if (!isOfScalars || (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isObjectValue */ .Tc)(value))
            throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('an array', value);
        const item = convert(value, scope);
        return item === undefined ? undefined : [item];
    };
}
function convertItems(items, convert, scope) {
    const kept = [];
    const places = [];
    items.forEach((item, at) => {
        const converted = convert((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .valueOf */ .RP)(item), scope);
        if (converted === undefined)
            return;
        kept.push(converted);
        places.push(at);
    });
    if (places.length < items.length)
        scope.moves?.set(kept, places);
    return kept.length === 0 ? undefined : kept;
}
function objectConverter({ fields }) {
    return (value, scope) => {
        if (value === null)
            return undefined;
        const members = membersOf(value);
        return convertMembers(members, scope, (name) => {
            const field = fields.get(name);
            return field === undefined ? undefined : converterOf(field);
        });
    };
}
function mapConverter({ values }) {
    return (value, scope) => {
        if (value === null)
            return undefined;
        const convert = converterOf(values);
        return convertMembers(membersOf(value), scope, () => convert);
    };
}
function membersOf(value) {
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isObjectValue */ .Tc)(value))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('an object', value);
    return value;
}
function convertMembers(members, scope, convertOf) {
    const converted = {};
    let count = 0;
    for (const [name, raw] of Object.entries(members)) {
        const member = convertOf(name)?.((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .valueOf */ .RP)(raw), scope);
        if (member === undefined)
            continue;
        (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .setOwn */ .P5)(converted, name, member);
        count++;
    }
    return count === 0 ? undefined : converted;
}
const toAny = (value, scope) => anyWithin(value, scope, 0);
const DEEPEST = 100;
function anyWithin(value, scope, depth) {
    if (value === null)
        return undefined;
    if (value instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_2__/* .Moment */ ["do"])
        return (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_2__/* .isoText */ .t_)(value);
    if (value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J)
        return plainNumber(value, scope);
    if (typeof value !== 'object')
        return value;
    if (depth === DEEPEST)
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueFault */ .Qe(`at most ${DEEPEST} levels of objects and arrays`, 'more');
    const convert = (inner) => anyWithin(inner, scope, depth + 1);
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isArrayValue */ .D8)(value))
        return convertItems(value, convert, scope);
    return convertMembers(membersOf(value), scope, () => convert);
}
const openObject = (value, scope) => (value === null ? undefined : toAny(membersOf(value), scope));


/***/ }),

/***/ 8765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ mappingCounts),
/* harmony export */   JP: () => (/* binding */ unfilledNotes),
/* harmony export */   Mw: () => (/* binding */ addMappingCounts),
/* harmony export */   S0: () => (/* binding */ withEmptyRecords),
/* harmony export */   cT: () => (/* binding */ COUNTERS),
/* harmony export */   fX: () => (/* binding */ countNotes),
/* harmony export */   i2: () => (/* binding */ COUNT),
/* harmony export */   s5: () => (/* binding */ emptyRecords)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4869);

const COUNT = { values: 0, nulls: 1, errors: 2, ambiguousDates: 3, emptyParts: 4 };
const COUNTERS = 5;
function withEmptyRecords(counts, rows) {
    const all = new Float64Array(counts.length + 1);
    all.set(counts);
    all[counts.length] = rows;
    return all;
}
function emptyRecords({ entries }, counts) {
    return counts[entries.length * COUNTERS] ?? 0;
}
function addMappingCounts(total, more) {
    for (const [at, found] of more.entries())
        total[at] = (total[at] ?? 0) + found;
}
function mappingCounts({ entries }, counts) {
    return entries.map(({ number, source, target }, at) => {
        const of = (name) => counts[at * COUNTERS + COUNT[name]] ?? 0;
        return {
            mapping: number,
            source,
            target: target.text,
            values: of('values'),
            nulls: of('nulls'),
            errors: of('errors'),
            ambiguousDates: of('ambiguousDates'),
            emptyParts: of('emptyParts'),
        };
    });
}
function countNotes(counts) {
    return counts.flatMap((one) => {
        const { ambiguousDates, emptyParts } = one;
        const where = whereOf(one);
        const notes = [];
        if (ambiguousDates > 0) {
            const dates = `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(ambiguousDates, 'date')} like 03/05/2024 or 03052024`;
            notes.push(`${where}: read ${dates} as month, then day. If the day comes first, use date() with a pattern`);
        }
        if (emptyParts > 0) {
            const rows = `concat() joined an empty value in ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(emptyParts, 'row')}`;
            notes.push(`${where}: ${rows}: different people can get the same identity. Guard it with iif()`);
        }
        return notes;
    });
}
function unfilledNotes(counts) {
    const unfilled = counts.filter(({ values, nulls, errors }) => values + errors === 0 && nulls > 0);
    return unfilled.map((one) => `${whereOf(one)}: no row has a value`);
}
function whereOf({ mapping, target }) {
    return `mapping ${mapping} (\u2192 ${target})`;
}


/***/ }),

/***/ 5079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ dayText),
/* harmony export */   GS: () => (/* binding */ offsetParts),
/* harmony export */   SR: () => (/* binding */ wallSeconds),
/* harmony export */   Up: () => (/* binding */ weekdayOf),
/* harmony export */   VU: () => (/* binding */ offsetText),
/* harmony export */   "do": () => (/* binding */ Moment),
/* harmony export */   eV: () => (/* binding */ pad),
/* harmony export */   eu: () => (/* binding */ isWallTime),
/* harmony export */   lo: () => (/* binding */ momentOfEpoch),
/* harmony export */   n1: () => (/* binding */ compareMoments),
/* harmony export */   t_: () => (/* binding */ isoText),
/* harmony export */   vb: () => (/* binding */ dayOfYear)
/* harmony export */ });
/* harmony import */ var _schema_kinds_date_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7196);

class Moment {
    second;
    nano;
    offset;
    zone;
    isDay;
    constructor({ second, nano, offset, zone, isDay = false }) {
        this.second = second;
        this.nano = nano;
        this.offset = offset;
        this.zone = zone;
        this.isDay = isDay;
    }
    get epochMs() {
        return this.second * 1000 + Math.floor(this.nano / 1_000_000);
    }
    get wall() {
        return wallOf(this.second + this.offset, this.nano);
    }
    in(offset, zone) {
        return new Moment({ second: this.second, nano: this.nano, offset, zone });
    }
}
function momentOfEpoch(epochMs) {
    const second = Math.floor(epochMs / 1000);
    return new Moment({ second, nano: Math.round((epochMs - second * 1000) * 1_000_000), offset: 0 });
}
function compareMoments(one, other) {
    return one.second - other.second || one.nano - other.nano;
}
function isWallTime({ year, month, day, hour, minute, second }) {
    if (!(year >= 1 && year <= 9999) || !(day >= 1 && day <= (0,_schema_kinds_date_js__WEBPACK_IMPORTED_MODULE_0__/* .daysOf */ .hF)(month, year)))
        return false;
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}
function wallSeconds({ year, month, day, hour, minute, second }) {
    return dayNumber(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
}
const DAY_SECONDS = 86_400;
function dayNumber(year, month, day) {
    const years = month > 2 ? year : year - 1;
    const era = Math.floor(years / 400);
    const ofEra = years - era * 400;
    const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
    return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}
function wallOf(seconds, nano) {
    const days = Math.floor(seconds / DAY_SECONDS);
    const ofDay = seconds - days * DAY_SECONDS;
    const shifted = days + 719_468;
    const era = Math.floor(shifted / 146_097);
    const ofEra = shifted - era * 146_097;
    const years = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
    const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
    const fromMarch = Math.floor((5 * ofYear + 2) / 153);
    const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    return {
        year: years + era * 400 + (month <= 2 ? 1 : 0),
        month,
        day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
        hour: Math.floor(ofDay / 3600),
        minute: Math.floor((ofDay % 3600) / 60),
        second: ofDay % 60,
        nano,
    };
}
function weekdayOf(year, month, day) {
    return ((((dayNumber(year, month, day) + 3) % 7) + 7) % 7) + 1;
}
function dayOfYear({ year, month, day }) {
    return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}
function isoText(moment) {
    if (moment.isDay)
        return dayText(moment);
    const shown = moment.offset % 60 === 0 ? moment : moment.in(0);
    const { hour, minute, second, nano } = shown.wall;
    const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fractionText(nano)}`;
    return `${dayText(shown)}T${time}${offsetText(shown.offset)}`;
}
function dayText(moment) {
    const { year, month, day } = moment.wall;
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}
function fractionText(nano) {
    if (nano === 0)
        return '';
    const digits = pad(nano, 9);
    if (nano % 1_000_000 === 0)
        return `.${digits.slice(0, 3)}`;
    return nano % 1000 === 0 ? `.${digits.slice(0, 6)}` : `.${digits}`;
}
function offsetText(offset) {
    if (offset === 0)
        return 'Z';
    const { sign, hours, minutes, seconds } = offsetParts(offset);
    return `${sign}${hours}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`;
}
function offsetParts(offset) {
    const size = Math.abs(offset);
    return {
        sign: offset < 0 ? '-' : '+',
        hours: pad(Math.floor(size / 3600), 2),
        minutes: pad(Math.floor((size % 3600) / 60), 2),
        seconds: pad(size % 60, 2),
    };
}
function pad(number, digits) {
    return String(number).padStart(digits, '0');
}


/***/ }),

/***/ 4816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ findPlaceholder),
/* harmony export */   VO: () => (/* binding */ isConstant),
/* harmony export */   al: () => (/* binding */ placeholderFault),
/* harmony export */   l4: () => (/* binding */ checkExpression)
/* harmony export */ });
/* harmony import */ var _lib_similar_names_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9292);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1106);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9965);
/* harmony import */ var _functions_refused_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3867);
/* harmony import */ var _functions_table_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9753);
/* harmony import */ var _methods_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3070);
/* harmony import */ var _syntax_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3713);
/* harmony import */ var _functions_regex_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4160);








function checkExpression(parsed, setting) {
    const check = new ExpressionCheck(setting);
    const expression = check.visit(parsed);
    return {
        expression,
        kind: kindOf(expression),
        reads: check.reads,
        faults: check.faults,
        notes: [...check.notes],
        isSlow: check.isSlow,
        joins: check.joins,
    };
}
const UPSERT_FUNCTIONS = new Set(['upsert_array_append', 'upsert_array_replace']);
class ExpressionCheck {
    reads = [];
    faults = [];
    notes = new Set();
    isSlow = false;
    joins = false;
    #setting;
    constructor(setting) {
        this.#setting = setting;
    }
    visit(node) {
        this.#look(node);
        switch (node.kind) {
            case 'literal':
                return node;
            case 'path':
                this.reads.push({ path: node.path, at: node.at, mayLack: false });
                return node;
            case 'array':
                return { ...node, items: this.#all(node.items) };
            case 'map':
                return {
                    ...node,
                    entries: node.entries.map(({ key, value }) => ({ key: this.visit(key), value: this.visit(value) })),
                };
            case 'unary':
                return { ...node, operand: this.visit(node.operand) };
            case 'binary':
                return { ...node, left: this.visit(node.left), right: this.visit(node.right) };
            case 'conditional':
                return {
                    ...node,
                    test: this.visit(node.test),
                    whenTrue: this.visit(node.whenTrue),
                    whenFalse: this.visit(node.whenFalse),
                };
            case 'call':
                return this.#call(node);
            case 'method':
                return this.#method(node);
            case 'member':
                return { ...node, target: this.visit(node.target) };
            case 'index':
                return { ...node, target: this.visit(node.target), index: this.visit(node.index) };
            default:
                return node;
        }
    }
    #all(nodes) {
        return nodes.map((node) => this.visit(node));
    }
    #fail(code, at, message) {
        this.faults.push(new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .PlacedFault */ .M9(code, at, message));
    }
    #call(node) {
        const found = _functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTIONS */ .AW.get(node.name);
        if (found === undefined) {
            this.#failUnknown(node);
            return { ...node, args: this.#all(node.args) };
        }
        const name = _functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTION_NAMES */ .ax.get(node.name) ?? node.name;
        if (this.#setting.isUpsert && UPSERT_FUNCTIONS.has(name)) {
            this.#fail('refused', node.at, `"${node.name}" is not supported with "upsert": it means something else in streaming updates`);
        }
        this.#countArguments(node, found);
        this.joins ||= name === 'concat';
        const rewritten = this.#guard(node.at, () => found.rewrite?.(node.args)) ?? node.args;
        const args = name === 'contains_key' ? this.#asked(rewritten, node) : this.#all(rewritten);
        this.#checkLiterals({ ...node, args }, found);
        return { ...node, name, args };
    }
    #asked(args, { name, at }) {
        const [arg] = args;
        if (arg?.kind !== 'path') {
            this.#fail('syntax', arg?.at ?? at, `"${name}" takes the path of a field, as in ${name}("address.city")`);
            return args;
        }
        this.reads.push({ path: arg.path, at: arg.at, mayLack: true });
        return args;
    }
    #failUnknown({ name, at }) {
        const reason = _functions_refused_js__WEBPACK_IMPORTED_MODULE_2__/* .REFUSED_FUNCTIONS */ .R.get(name);
        if (reason !== undefined) {
            this.#fail('refused', at, `"${name}" is not supported: ${reason}`);
            return;
        }
        const nearest = (0,_lib_similar_names_js__WEBPACK_IMPORTED_MODULE_7__/* .nearestName */ .q)(name, [..._functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTIONS */ .AW.keys()]);
        const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
        this.#fail('syntax', at, `unknown function "${name}"${hint}`);
    }
    #countArguments({ name, args, at }, { least, most, signature }) {
        if (args.length >= least && args.length <= most)
            return;
        const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
        const message = `"${name}" takes ${wanted} argument${wanted === '1' ? '' : 's'}, found ${args.length}: ${signature}`;
        this.#fail('syntax', at, message);
    }
    #checkLiterals({ args, at }, { checkLiterals }) {
        this.#guard(at, () => checkLiterals?.(args.map(literalOf)));
    }
    #guard(at, work) {
        try {
            return work();
        }
        catch (error) {
            if (error instanceof _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .PlacedFault */ .M9)
                this.faults.push(error);
            else if (error instanceof _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe)
                this.#fail('value', at, error.message);
            else
                throw error;
            return undefined;
        }
    }
    #method(node) {
        const found = (0,_methods_js__WEBPACK_IMPORTED_MODULE_4__/* .methodOf */ .NY)(node.name);
        if (found === undefined) {
            const nearest = (0,_lib_similar_names_js__WEBPACK_IMPORTED_MODULE_7__/* .nearestName */ .q)(node.name, _methods_js__WEBPACK_IMPORTED_MODULE_4__/* .METHOD_NAMES */ .NT);
            const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
            this.#fail('refused', node.at, `the method "${node.name}" is not supported${hint}`);
        }
        else if (node.args.length < found.least || node.args.length > found.most) {
            const wanted = found.least === found.most ? `${found.least}` : `${found.least} to ${found.most}`;
            this.#fail('syntax', node.at, `the method "${node.name}" takes ${wanted} arguments, found ${node.args.length}`);
        }
        const pattern = _methods_js__WEBPACK_IMPORTED_MODULE_4__/* .SLOW_METHODS */ .r3.has(node.name) ? literalOf(node.args[0]) : undefined;
        if (typeof pattern === 'string')
            this.#guard(node.at, () => (0,_functions_regex_js__WEBPACK_IMPORTED_MODULE_6__/* .compileRegex */ .D)(pattern));
        return { ...node, target: this.visit(node.target), args: this.#all(node.args) };
    }
    #look(node) {
        this.isSlow ||= runsRegex(node);
        if (node.kind === 'literal' && typeof node.value === 'string')
            this.#lookAtText(node.value, node);
        if (node.kind === 'binary')
            this.#lookAtOperator(node);
        if (node.kind === 'conditional')
            this.#lookAtCondition(node.test);
        if (node.kind === 'call' && node.name === 'iif' && node.args[0] !== undefined)
            this.#lookAtCondition(node.args[0]);
        if (node.kind === 'call' && /^(?:min|max)$/.test(node.name) && node.args.every(({ kind }) => kind === 'path')) {
            this.notes.add(`"${node.name}" compares strings as strings, and CSV columns are strings: use to_decimal() for numbers`);
        }
    }
    #lookAtText(text, { escape, at }) {
        const placeholder = findPlaceholder(text);
        if (placeholder !== undefined)
            this.faults.push(placeholderFault(placeholder, at));
        if (escape !== undefined)
            this.notes.add(escapeNote(escape));
    }
    #lookAtOperator(node) {
        const { operator, left, right } = node;
        if (operator === '&&' || operator === '||')
            for (const side of [left, right])
                this.#lookAtCondition(side);
        if (operator === '??')
            this.notes.add('Data Prep may not know "??": older releases of its language do not');
        if (operator === '%' && !(isNatural(left) && isNatural(right))) {
            this.notes.add('"%" takes the sign of its left side; older releases of the language differ');
        }
        if (isNegatedSide(left) && (operator === '==' || operator === '!=')) {
            this.notes.add(`"not" binds tighter than "${operator}": not a ${operator} b means (not a) ${operator} b`);
        }
        if (operator === '+' && isMixed(left, right)) {
            this.notes.add('"+" joins a string and a number here; Data Prep may add them: use concat()');
        }
        if (operator === '=~' || operator === '!~')
            this.#lookAtPattern(right);
    }
    #lookAtPattern(pattern) {
        const text = literalOf(pattern);
        if (typeof text === 'string')
            this.#guard(pattern.at, () => (0,_functions_regex_js__WEBPACK_IMPORTED_MODULE_6__/* .compileRegex */ .D)(text));
    }
    #lookAtCondition(test) {
        if (test.kind !== 'path')
            return;
        this.notes.add('as a condition, a string is true unless it is empty or "false": compare it with a value');
    }
}
function escapeNote(escape) {
    const name = CONTROL_NAMES.get(escape) ?? 'a control character';
    return `"${escape}" in a string is ${name} here; older releases of the language keep the backslash`;
}
const CONTROL_NAMES = new Map([
    ['\\t', 'a tab'],
    ['\\n', 'a line feed'],
    ['\\r', 'a carriage return'],
]);
function placeholderFault(placeholder, at) {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .PlacedFault */ .M9('refused', at, `${placeholder} is a placeholder that only Adobe's connectors fill in: write its value`);
}
function findPlaceholder(text) {
    return /\$\{[A-Z][A-Z0-9_]*\}/.exec(text)?.[0];
}
function literalOf(node) {
    return node?.kind === 'literal' ? node.value : undefined;
}
function isNegatedSide(node) {
    return node.kind === 'unary' && node.word === 'not';
}
function isNatural(node) {
    return node.kind === 'literal' && typeof node.value === 'number';
}
function isMixed(left, right) {
    const kinds = [kindOf(left), kindOf(right)];
    return kinds.includes('text') && kinds.includes('number');
}
const ARITHMETIC = /^[-*/%|^&]$/;
function kindOf(node) {
    switch (node.kind) {
        case 'literal':
            return kindOfValue(node.value);
        case 'array':
            return 'array';
        case 'map':
            return 'object';
        case 'unary':
            return node.operator === '!' || node.operator === 'empty' ? 'boolean' : 'number';
        case 'binary':
            if (ARITHMETIC.test(node.operator))
                return 'number';
            return /^(?:&&|\|\||[=!<>].*)$/.test(node.operator) ? 'boolean' : 'any';
        case 'call':
            return kindOfCall(node);
        case 'conditional':
            return commonKind([node.whenTrue, node.whenFalse]);
        default:
            return 'any';
    }
}
function kindOfCall({ name, args }) {
    const returns = _functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTIONS */ .AW.get(name)?.returns ?? 'any';
    return name === 'iif' ? commonKind(args.slice(1)) : returns;
}
function commonKind(nodes) {
    const kinds = new Set(nodes.filter((node) => literalOf(node) !== null).map(kindOf));
    const [kind] = kinds;
    return kinds.size === 1 && kind !== undefined ? kind : 'any';
}
function kindOfValue(value) {
    if (typeof value === 'string')
        return 'text';
    if (typeof value === 'boolean')
        return 'boolean';
    if (typeof value === 'number')
        return 'number';
    return value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J ? 'number' : 'any';
}
function runsRegex(node) {
    if (node.kind === 'call')
        return _functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTIONS */ .AW.get(node.name)?.isSlow === true;
    if (node.kind === 'method')
        return _methods_js__WEBPACK_IMPORTED_MODULE_4__/* .SLOW_METHODS */ .r3.has(node.name);
    return node.kind === 'binary' && (node.operator === '=~' || node.operator === '!~');
}
function isConstant(node) {
    if (node.kind === 'path' || runsRegex(node))
        return false;
    if (node.kind === 'call' && _functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTIONS */ .AW.get(node.name)?.isImpure === true)
        return false;
    return (0,_syntax_js__WEBPACK_IMPORTED_MODULE_5__/* .childrenOf */ .L)(node).every(isConstant);
}


/***/ }),

/***/ 2745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ compileExpression),
/* harmony export */   y: () => (/* binding */ constantValue)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9965);
/* harmony import */ var _functions_lists_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2510);
/* harmony import */ var _functions_table_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9753);
/* harmony import */ var _read_path_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9173);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9572);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4816);
/* harmony import */ var _methods_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3070);
/* harmony import */ var _operators_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(7465);









function compileExpression(expression, tools) {
    let places = 0;
    const forms = {
        compile: (node) => compileNode(node, context),
        place: () => `${tools.place}#${places++}`,
        hasColumn: tools.hasColumn,
    };
    const context = { tools, forms };
    return compileNode(expression, context);
}
function compileNode(node, context) {
    const evaluate = compileParts(node, context);
    return node.kind !== 'literal' && (0,_check_js__WEBPACK_IMPORTED_MODULE_6__/* .isConstant */ .VO)(node) ? foldConstant(evaluate) : evaluate;
}
function emptyScope() {
    return { row: {}, cells: undefined, nowMs: 0, uuid: () => '', indexes: [], seen: 0 };
}
function foldConstant(evaluate) {
    const scope = emptyScope();
    try {
        const value = evaluate(scope);
        const { seen } = scope;
        if (seen === 0)
            return () => value;
        return (of) => {
            of.seen |= seen;
            return value;
        };
    }
    catch (error) {
        (0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .valueFaultOf */ .BF)(error);
        return evaluate;
    }
}
function constantValue(evaluate) {
    return evaluate(emptyScope());
}
function compileParts(node, context) {
    const compile = (inner) => compileNode(inner, context);
    switch (node.kind) {
        case 'literal':
            return () => node.value;
        case 'path':
            return compilePath(node.path, context.tools);
        case 'array': {
            const items = node.items.map(compile);
            return (scope) => items.map((item) => item(scope));
        }
        case 'map':
            return compileMap(node.entries.map(({ key, value }) => [compile(key), compile(value)]));
        case 'unary':
            return compileUnary(node.operator, compile(node.operand));
        case 'binary':
            return compileBinary(node, compile);
        case 'conditional': {
            const [test, one, other] = [compile(node.test), compile(node.whenTrue), compile(node.whenFalse)];
            return (scope) => ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(test(scope)) ? one(scope) : other(scope));
        }
        case 'call':
            return compileCall(node, context);
        case 'method':
            return compileMethod(node, compile);
        case 'member': {
            const target = compile(node.target);
            return (scope) => (0,_operators_js__WEBPACK_IMPORTED_MODULE_8__/* .elementOf */ .MC)(target(scope), node.name);
        }
        case 'index': {
            const [target, index] = [compile(node.target), compile(node.index)];
            return (scope) => (0,_operators_js__WEBPACK_IMPORTED_MODULE_8__/* .elementOf */ .MC)(target(scope), index(scope));
        }
        default:
            return node;
    }
}
function compilePath(path, tools) {
    const read = (0,_read_path_js__WEBPACK_IMPORTED_MODULE_4__/* .pathReader */ .nT)(path, tools);
    const at = (0,_read_path_js__WEBPACK_IMPORTED_MODULE_4__/* .columnIndex */ .PD)(path, tools);
    if (at === -1)
        return ({ row, indexes }) => read(row, indexes);
    return (scope) => (scope.cells === undefined ? read(scope.row, scope.indexes) : scope.cells[at] || null);
}
function compileMap(entries) {
    return (scope) => {
        const map = {};
        for (const [key, value] of entries) {
            const name = key(scope);
            if (name === null)
                throw new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe('a key', 'null');
            (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .setOwn */ .P5)(map, (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(name), value(scope));
        }
        return map;
    };
}
const UNARY = {
    '-': _operators_js__WEBPACK_IMPORTED_MODULE_8__/* .negate */ .ze,
    '+': _value_js__WEBPACK_IMPORTED_MODULE_5__/* .numberOfValue */ .Iu,
    '~': _operators_js__WEBPACK_IMPORTED_MODULE_8__/* .complement */ .Zw,
    '!': (value) => !(0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(value),
    empty: _value_js__WEBPACK_IMPORTED_MODULE_5__/* .isEmptyValue */ .Po,
    size: _functions_lists_js__WEBPACK_IMPORTED_MODULE_2__/* .sizeOf */ .$,
};
function compileUnary(operator, operand) {
    const apply = UNARY[operator];
    return (scope) => apply(operand(scope));
}
function compileBinary({ operator, left, right }, compile) {
    const [one, other] = [compile(left), compile(right)];
    switch (operator) {
        case '&&':
            return (scope) => (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(one(scope)) && (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(other(scope));
        case '||':
            return (scope) => (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(one(scope)) || (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(other(scope));
        case '??':
            return (scope) => one(scope) ?? other(scope);
        case '?:':
            return (scope) => {
                const value = one(scope);
                return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(value) ? value : other(scope);
            };
        default: {
            const apply = _operators_js__WEBPACK_IMPORTED_MODULE_8__/* .OPERATIONS */ .xb.get(operator);
            if (apply === undefined)
                throw new Error(`no operation for "${operator}"`);
            return (scope) => apply(one(scope), other(scope));
        }
    }
}
function compileCall({ name, args }, context) {
    const found = _functions_table_js__WEBPACK_IMPORTED_MODULE_3__/* .FUNCTIONS */ .AW.get(name);
    if (found === undefined)
        throw new Error(`no function "${name}"`);
    if ('form' in found)
        return found.form(args, context.forms);
    return applyFunction(found, args.map((arg) => compileNode(arg, context)));
}
function applyFunction(found, args) {
    const [a, b, c] = args;
    if ('callIn' in found) {
        const { callIn } = found;
        if (args.length === 1 && a !== undefined)
            return (scope) => callIn(scope, a(scope));
        if (args.length === 2 && a !== undefined && b !== undefined)
            return (scope) => callIn(scope, a(scope), b(scope));
        return (scope) => callIn(scope, ...args.map((arg) => arg(scope)));
    }
    const { call } = found;
    if (args.length === 1 && a !== undefined)
        return (scope) => call(a(scope));
    if (args.length === 2 && a !== undefined && b !== undefined)
        return (scope) => call(a(scope), b(scope));
    if (args.length === 3 && a !== undefined && b !== undefined && c !== undefined) {
        return (scope) => call(a(scope), b(scope), c(scope));
    }
    return (scope) => call(...args.map((arg) => arg(scope)));
}
function compileMethod({ target, name, args }, compile) {
    const method = (0,_methods_js__WEBPACK_IMPORTED_MODULE_7__/* .methodOf */ .NY)(name);
    if (method === undefined)
        throw new Error(`no method "${name}"`);
    const [of, values] = [compile(target), args.map(compile)];
    return (scope) => {
        const value = of(scope);
        const given = values.map((one) => one(scope));
        return value === null ? null : method.call(value, given);
    };
}


/***/ }),

/***/ 3070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   NT: () => (/* binding */ METHOD_NAMES),
/* harmony export */   NY: () => (/* binding */ methodOf),
/* harmony export */   r3: () => (/* binding */ SLOW_METHODS)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9965);
/* harmony import */ var _functions_regex_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4160);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9572);
/* harmony import */ var _operators_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7465);
/* harmony import */ var _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5079);






function ofText(least, most, call) {
    return {
        least,
        most,
        call: (target, args) => {
            if (typeof target !== 'string')
                throw (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongValue */ .NT)('a string', target);
            return call(target, args);
        },
    };
}
function textAt(args, at) {
    const value = args[at] ?? null;
    if (value === null)
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe('a string', 'null');
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(value);
}
function areSame(target, other) {
    const areAlike = typeof target === typeof other && target instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .Moment */ ["do"] === other instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .Moment */ ["do"];
    return other !== null && areAlike && (0,_operators_js__WEBPACK_IMPORTED_MODULE_4__/* .isEqual */ .n4)(target, other);
}
const METHODS = {
    equals: { least: 1, most: 1, call: (target, [other = null]) => areSame(target, other) },
    equalsIgnoreCase: ofText(1, 1, (text, [other = null]) => typeof other === 'string' && text.toLowerCase() === other.toLowerCase()),
    startsWith: ofText(1, 1, (text, args) => text.startsWith(textAt(args, 0))),
    endsWith: ofText(1, 1, (text, args) => text.endsWith(textAt(args, 0))),
    indexOf: ofText(1, 2, (text, args) => text.indexOf(textAt(args, 0), args[1] === undefined ? 0 : (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .countOf */ .pq)(args[1]))),
    lastIndexOf: ofText(1, 1, (text, args) => text.lastIndexOf(textAt(args, 0))),
    length: ofText(0, 0, (text) => text.length),
    trim: ofText(0, 0, (text) => text.trim()),
    toLowerCase: ofText(0, 0, (text) => text.toLowerCase()),
    toUpperCase: ofText(0, 0, (text) => text.toUpperCase()),
    substring: ofText(1, 2, (text, args) => substring(text, args)),
    replace: ofText(2, 2, (text, args) => text.replaceAll(textAt(args, 0), () => textAt(args, 1))),
    replaceAll: ofText(2, 2, (text, args) => (0,_functions_regex_js__WEBPACK_IMPORTED_MODULE_2__/* .replaceMatches */ .Q)(text, textAt(args, 0), textAt(args, 1))),
    matches: ofText(1, 1, (text, args) => (0,_functions_regex_js__WEBPACK_IMPORTED_MODULE_2__/* .compileRegex */ .D)(textAt(args, 0)).whole.test(text)),
    concat: ofText(1, 1, (text, args) => text + textAt(args, 0)),
    toString: { least: 0, most: 0, call: (target) => (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(target) },
    isEmpty: { least: 0, most: 0, call: isEmpty },
    contains: { least: 1, most: 1, call: contains },
    get: { least: 1, most: 1, call: (target, [key = null]) => elementAt(target, key) },
    size: { least: 0, most: 0, call: size },
    containsKey: { least: 1, most: 1, call: containsKey },
};
const SLOW_METHODS = new Set(['replaceAll', 'matches']);
const METHOD_NAMES = Object.keys(METHODS);
function methodOf(name) {
    return (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(METHODS, name);
}
function isEmpty(target) {
    if (typeof target === 'string' || (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isArrayValue */ .D8)(target) || (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectValue */ .Tc)(target))
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isEmptyValue */ .Po)(target);
    throw (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongValue */ .NT)('a string, an array or an object', target);
}
function substring(text, args) {
    const [start, end] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .countOf */ .pq)(args[0] ?? null), args[1] === undefined ? text.length : (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .countOf */ .pq)(args[1])];
    if (start < 0 || end > text.length || start > end)
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe('positions within the string', 'one beyond its end');
    return text.slice(start, end);
}
function contains(target, [sought = null]) {
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isArrayValue */ .D8)(target))
        return target.some((item) => areSame((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)(item), sought));
    if (typeof target !== 'string')
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongValue */ .NT)('a string or an array', target);
    return sought !== null && target.includes((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(sought));
}
function elementAt(target, key) {
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isArrayValue */ .D8)(target))
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)(target[(0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .countOf */ .pq)(key)]);
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectValue */ .Tc)(target))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongValue */ .NT)('an object or an array', target);
    return key === null ? null : (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(target, (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(key)));
}
function size(target) {
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isArrayValue */ .D8)(target))
        return target.length;
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectValue */ .Tc)(target))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongValue */ .NT)('an object or an array', target);
    return Object.keys(target).length;
}
function containsKey(target, [key = null]) {
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectValue */ .Tc)(target))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongValue */ .NT)('an object', target);
    return key !== null && Object.hasOwn(target, (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(key));
}


/***/ }),

/***/ 7465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MC: () => (/* binding */ elementOf),
/* harmony export */   Zw: () => (/* binding */ complement),
/* harmony export */   ck: () => (/* binding */ compareValues),
/* harmony export */   n4: () => (/* binding */ isEqual),
/* harmony export */   xb: () => (/* binding */ OPERATIONS),
/* harmony export */   ze: () => (/* binding */ negate)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4386);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1106);
/* harmony import */ var _dates_moment_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5079);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9965);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9572);
/* harmony import */ var _functions_regex_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4160);







const OPERATIONS = new Map([
    ['+', add],
    [
        '-',
        arithmetic((a, b) => a - b, (a, b) => a - b),
    ],
    [
        '*',
        arithmetic((a, b) => a * b, (a, b) => a * b),
    ],
    ['/', arithmetic(divide, (a, b) => a / nonZero(b))],
    [
        '%',
        arithmetic((a, b) => a % nonZeroWhole(b), (a, b) => a % nonZero(b)),
    ],
    ['|', bitwise((a, b) => a | b)],
    ['^', bitwise((a, b) => a ^ b)],
    ['&', bitwise((a, b) => a & b)],
    ['==', isEqual],
    ['!=', (a, b) => !isEqual(a, b)],
    ['<', (a, b) => a !== null && b !== null && compareValues(a, b) < 0],
    ['<=', (a, b) => a === b || (a !== null && b !== null && compareValues(a, b) <= 0)],
    ['>', (a, b) => a !== null && b !== null && compareValues(a, b) > 0],
    ['>=', (a, b) => a === b || (a !== null && b !== null && compareValues(a, b) >= 0)],
    ['=~', isIn],
    ['!~', (a, b) => !isIn(a, b)],
    ['=^', startsWith],
    ['!^', (a, b) => !startsWith(a, b)],
    ['=$', endsWith],
    ['!$', (a, b) => !endsWith(a, b)],
]);
function add(left, right) {
    const isJoined = (typeof left === 'string' || typeof right === 'string') && left !== null && right !== null;
    return isJoined ? (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(left) + (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(right) : sum(left, right);
}
const sum = arithmetic((a, b) => a + b, (a, b) => a + b);
function arithmetic(onWholes, onDecimals) {
    return (left, right) => {
        const [a, b] = [operandOf(left), operandOf(right)];
        if ('whole' in a && 'whole' in b)
            return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wholeOf */ .l2)(onWholes(a.whole, b.whole));
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .decimalOf */ .Bc)(onDecimals(decimalOfNumeric(a), decimalOfNumeric(b)));
    };
}
function operandOf(value) {
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numericOf */ .jd)((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numberOfValue */ .Iu)(value));
}
function decimalOfNumeric(numeric) {
    return 'whole' in numeric ? Number(numeric.whole) : numeric.decimal;
}
function divide(a, b) {
    return a / nonZeroWhole(b);
}
function nonZeroWhole(divisor) {
    if (divisor === 0n)
        throw divisionByZero();
    return divisor;
}
function nonZero(divisor) {
    if (divisor === 0)
        throw divisionByZero();
    return divisor;
}
function divisionByZero() {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_4__/* .ValueFault */ .Qe('a divisor other than 0', '0');
}
function bitwise(onWholes) {
    return (left, right) => (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wholeOf */ .l2)(onWholes(bitsOf(left), bitsOf(right)));
}
function bitsOf(value) {
    const numeric = operandOf(value);
    if (!('whole' in numeric))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)('a whole number', value);
    return numeric.whole;
}
function negate(value) {
    if (typeof value === 'number')
        return Number.isInteger(value) ? 0 - value : -value;
    const numeric = operandOf(value);
    return 'whole' in numeric ? (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wholeOf */ .l2)(-numeric.whole) : (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .decimalOf */ .Bc)(-numeric.decimal);
}
function complement(value) {
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wholeOf */ .l2)(~bitsOf(value));
}
function isEqual(left, right) {
    if (left === right)
        return true;
    if (left === null || right === null)
        return false;
    if (typeof left === 'string' && typeof right === 'string')
        return false;
    if (typeof left === 'boolean' || typeof right === 'boolean')
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(left) === (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isTrue */ .Hn)(right);
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isNumberValue */ .bZ)(left) || (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isNumberValue */ .bZ)(right))
        return compareNumbers(left, right) === 0;
    if (left instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_3__/* .Moment */ ["do"] && right instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_3__/* .Moment */ ["do"])
        return (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_3__/* .compareMoments */ .n1)(left, right) === 0;
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(left, right);
}
function compareValues(left, right) {
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isNumberValue */ .bZ)(left) || (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isNumberValue */ .bZ)(right))
        return compareNumbers(left, right);
    if (typeof left === 'string' && typeof right === 'string')
        return left < right ? -1 : left > right ? 1 : 0;
    if (left instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_3__/* .Moment */ ["do"] && right instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_3__/* .Moment */ ["do"])
        return (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_3__/* .compareMoments */ .n1)(left, right);
    const [odd, expected] = typeof left === 'string' ? [right, 'a string'] : [left, 'two numbers, two strings or two dates'];
    throw (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .wrongValue */ .NT)(expected, odd);
}
function compareNumbers(left, right) {
    const [a, b] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numberOfValue */ .Iu)(left), (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numberOfValue */ .Iu)(right)];
    if (typeof a === 'number' && typeof b === 'number')
        return a - b;
    const [one, other] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numericOf */ .jd)(a), (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .numericOf */ .jd)(b)];
    if ('whole' in one && 'whole' in other)
        return one.whole < other.whole ? -1 : one.whole > other.whole ? 1 : 0;
    return decimalOfNumeric(one) - decimalOfNumeric(other);
}
function isIn(left, right) {
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isArrayValue */ .D8)(right))
        return right.some((item) => isEqual(left, (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .valueOf */ .RP)(item)));
    if (left === null || right === null)
        return left === right;
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isObjectValue */ .Tc)(right))
        return (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(right, (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(left)) !== undefined;
    return (0,_functions_regex_js__WEBPACK_IMPORTED_MODULE_6__/* .compileRegex */ .D)((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(right)).whole.test((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(left));
}
function startsWith(left, right) {
    return left !== null && right !== null && (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(left).startsWith((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(right));
}
function endsWith(left, right) {
    return left !== null && right !== null && (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(left).endsWith((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(right));
}
function elementOf(target, key) {
    if (target === null || key === null)
        return null;
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isArrayValue */ .D8)(target))
        return itemOf(target, key);
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .isObjectValue */ .Tc)(target))
        return null;
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .valueOf */ .RP)((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(target, (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(key)));
}
function itemOf(target, key) {
    const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
    if (typeof index === 'number' || index instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_2__/* .LosslessNumber */ ._J)
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .valueOf */ .RP)(target[Number((0,_value_js__WEBPACK_IMPORTED_MODULE_5__/* .textOf */ .b6)(index))]);
    throw new _fault_js__WEBPACK_IMPORTED_MODULE_4__/* .ValueFault */ .Qe('an object: add [0] for one element, or map all with [*]', 'an array');
}


/***/ }),

/***/ 3713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ canonicalText),
/* harmony export */   L: () => (/* binding */ childrenOf)
/* harmony export */ });
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1106);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6622);


function childrenOf(node) {
    switch (node.kind) {
        case 'literal':
        case 'path':
            return [];
        case 'array':
            return node.items;
        case 'map':
            return node.entries.flatMap(({ key, value }) => [key, value]);
        case 'unary':
            return [node.operand];
        case 'binary':
            return [node.left, node.right];
        case 'conditional':
            return [node.test, node.whenTrue, node.whenFalse];
        case 'call':
            return node.args;
        case 'method':
            return [node.target, ...node.args];
        case 'member':
            return [node.target];
        case 'index':
            return [node.target, node.index];
        default:
            return node;
    }
}
function canonicalText(node) {
    switch (node.kind) {
        case 'literal':
            return literalText(node.value);
        case 'path':
            return `$(${JSON.stringify(node.path.whole ?? null)}:${(0,_path_js__WEBPACK_IMPORTED_MODULE_1__/* .pathText */ .LF)(node.path.steps)})`;
        case 'array':
            return `[${listText(node.items)}]`;
        case 'map':
            return `{${node.entries.map(({ key, value }) => `${canonicalText(key)}:${canonicalText(value)}`).join()}}`;
        case 'unary':
            return `(${node.operator} ${canonicalText(node.operand)})`;
        case 'binary':
            return `(${canonicalText(node.left)} ${node.operator} ${canonicalText(node.right)})`;
        case 'conditional':
            return `(${[node.test, node.whenTrue, node.whenFalse].map(canonicalText).join(' ? ')})`;
        case 'call':
            return `${node.name}(${listText(node.args)})`;
        case 'method':
            return `${canonicalText(node.target)}.${node.name}(${listText(node.args)})`;
        case 'member':
            return `${canonicalText(node.target)}.${JSON.stringify(node.name)}`;
        case 'index':
            return `${canonicalText(node.target)}[${canonicalText(node.index)}]`;
        default:
            return node;
    }
}
function listText(nodes) {
    return nodes.map(canonicalText).join();
}
function literalText(value) {
    return value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J ? value.text : JSON.stringify(value);
}


/***/ }),

/***/ 9965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BF: () => (/* binding */ valueFaultOf),
/* harmony export */   M9: () => (/* binding */ PlacedFault),
/* harmony export */   Qe: () => (/* binding */ ValueFault),
/* harmony export */   gA: () => (/* binding */ noteText),
/* harmony export */   iQ: () => (/* binding */ mappingProblem)
/* harmony export */ });
/* unused harmony export faultText */
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);


class ValueFault extends Error {
    name = 'ValueFault';
    expected;
    received;
    constructor(expected, received, detail) {
        super(`expected ${expected}, found ${received}${detail === undefined ? '' : `: ${detail}`}`);
        this.expected = expected;
        this.received = received;
    }
}
function valueFaultOf(error) {
    if (error instanceof ValueFault)
        return error;
    if (error instanceof RangeError)
        return new ValueFault('a value that can be computed', 'one that is too large');
    throw error;
}
class PlacedFault extends Error {
    name = 'PlacedFault';
    code;
    at;
    constructor(code, at, message) {
        super(message);
        this.code = code;
        this.at = at;
    }
}
const MOST_SHOWN = 20;
function mappingProblem(name, faults) {
    const more = faults.length - MOST_SHOWN;
    const lines = faults.slice(0, MOST_SHOWN).map(faultText);
    if (more > 0)
        lines.push(`and ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .formatNumber */ .ZV)(more)} more`);
    return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF(`Cannot use the mapping set ${JSON.stringify(name)}: ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(faults.length, 'error')}\n${lines.join('\n')}`, {
        remedy: 'Fix the mapping set. No rows were read.',
    });
}
function faultText({ message, mapping, target, excerpt }) {
    const shown = excerpt === undefined ? undefined : showExcerpt(excerpt);
    const of = mapping === undefined ? [] : [`mapping ${mapping}${target === undefined ? '' : ` (\u2192 ${target})`}`];
    const where = [...of, ...(shown === undefined ? [] : [shown.place])].join(', ');
    const first = where === '' ? message : `${where}: ${message}`;
    return shown === undefined ? first : `${first}\n    ${shown.line}\n    ${' '.repeat(shown.caret)}^`;
}
function noteText({ message, mapping, target }) {
    if (mapping === undefined)
        return message;
    return `mapping ${mapping}${target === undefined ? '' : ` (\u2192 ${target})`}: ${message}`;
}
const MOST_BESIDE = 50;
function showExcerpt({ text, at }) {
    const before = text.slice(0, at).split(/\r\n|\n|\r/);
    const column = before.at(-1)?.length ?? 0;
    const [line = ''] = text.slice(at - column).split(/[\r\n]/, 1);
    const from = Math.max(0, column - MOST_BESIDE);
    const cut = line.slice(from, column + MOST_BESIDE);
    const head = from > 0 ? '\u2026' : '';
    return {
        place: `${before.length > 1 ? `line ${before.length}, ` : ''}column ${column + 1}`,
        line: `${head}${cut.replaceAll('\t', ' ')}${line.length > column + MOST_BESIDE ? '\u2026' : ''}`,
        caret: head.length + column - from,
    };
}


/***/ }),

/***/ 9501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z: () => (/* binding */ DATE_FUNCTIONS),
  a: () => (/* binding */ readDateText)
});

// EXTERNAL MODULE: ./build/schema/kinds/date.js
var date = __nccwpck_require__(7196);
// EXTERNAL MODULE: ./build/mapping/dates/moment.js
var dates_moment = __nccwpck_require__(5079);
// EXTERNAL MODULE: ./build/mapping/fault.js
var fault = __nccwpck_require__(9965);
;// CONCATENATED MODULE: ./build/mapping/dates/zone.js

const UTC = { kind: 'fixed', offset: 0, name: undefined };
const HOUR = 3600;
const ABBREVIATIONS = new Map([
    ['UTC', 0],
    ['GMT', 0],
    ['UT', 0],
    ['Z', 0],
    ['PST', -8 * HOUR],
    ['PDT', -7 * HOUR],
    ['MST', -7 * HOUR],
    ['MDT', -6 * HOUR],
    ['CST', -6 * HOUR],
    ['CDT', -5 * HOUR],
    ['EST', -5 * HOUR],
    ['EDT', -4 * HOUR],
]);
function zoneOf(text) {
    const known = ABBREVIATIONS.get(text);
    if (known !== undefined)
        return { kind: 'fixed', offset: known, name: text === 'Z' ? undefined : text };
    const offset = readOffset(text.replace(/^(?:UTC|GMT|UT)(?=[+-])/, ''));
    if (offset !== undefined)
        return { kind: 'fixed', offset, name: undefined };
    return /^[A-Za-z][\w+-]*(?:\/[\w+-]+)+$/.test(text) && offsetFormat(text) !== undefined
        ? { kind: 'region', id: text }
        : undefined;
}
function readOffset(text) {
    const [, sign, hours, minutes = '0', seconds = '0'] = OFFSET.exec(text) ?? [];
    if (sign === undefined)
        return text === 'Z' ? 0 : undefined;
    const size = Number(hours) * HOUR + Number(minutes) * 60 + Number(seconds);
    if (Number(minutes) > 59 || Number(seconds) > 59 || size > 18 * HOUR)
        return undefined;
    return sign === '-' ? 0 - size : size;
}
const OFFSET = /^([+-])(\d{1,2})(?::?(\d\d)(?::?(\d\d))?)?$/;
function momentAt(wall, zone) {
    const local = (0,dates_moment/* wallSeconds */.SR)(wall);
    if (zone.kind === 'fixed') {
        return new dates_moment/* Moment */["do"]({ second: local - zone.offset, nano: wall.nano, offset: zone.offset, zone: zone.name });
    }
    const [before, after] = [offsetIn(zone.id, local - 86_400), offsetIn(zone.id, local + 86_400)];
    const second = [local - before, local - after].find((at) => offsetIn(zone.id, at) === local - at) ?? local - before;
    return new dates_moment/* Moment */["do"]({ second, nano: wall.nano, offset: offsetIn(zone.id, second), zone: zone.id });
}
function momentIn(moment, zone) {
    if (zone.kind === 'fixed')
        return moment.in(zone.offset, zone.name);
    return moment.in(offsetIn(zone.id, moment.second), zone.id);
}
const FORMATS = new Map();
function offsetFormat(id) {
    if (!FORMATS.has(id)) {
        if (FORMATS.size > MOST_ZONES)
            FORMATS.clear();
        FORMATS.set(id, makeFormat(id));
    }
    return FORMATS.get(id);
}
const MOST_ZONES = 1000;
function makeFormat(timeZone) {
    try {
        const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
        return { format, last: { quarter: NaN, offset: 0 } };
    }
    catch {
        return undefined;
    }
}
function offsetIn(id, second) {
    const zone = offsetFormat(id);
    if (zone === undefined)
        return 0;
    const quarter = Math.floor(second / 900);
    if (zone.last.quarter !== quarter) {
        const [, name = ''] = /GMT(\S*)$/.exec(zone.format.format(second * 1000)) ?? [];
        zone.last.quarter = quarter;
        zone.last.offset = readOffset(name) ?? 0;
    }
    return zone.last.offset;
}
function zoneName(moment, style) {
    const { zone, second } = moment;
    if (zone === undefined)
        return undefined;
    if (ABBREVIATIONS.has(zone))
        return zone;
    const options = { timeZone: zone, timeZoneName: style };
    const parts = new Intl.DateTimeFormat('en-US', options).formatToParts(second * 1000);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return /^GMT[+-]/.test(name) ? undefined : name;
}

;// CONCATENATED MODULE: ./build/mapping/dates/letters.js



function put(fields, name, value) {
    fields[name] = value;
    return true;
}
const MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];
function numberLetter({ sign, most, of, take }) {
    return {
        kind: 'letter',
        sign,
        most,
        write: (count, wall) => (0,dates_moment/* pad */.eV)(of(wall), count),
        expression: (count) => digits(count, most),
        take: () => (text, fields) => take(Number(text), fields),
    };
}
function digits(count, most) {
    return count === 1 ? `\\d{1,${most}}` : `\\d{${count}}`;
}
function setNumber(name) {
    return (number, fields) => put(fields, name, number);
}
function nameLetter(sign, shape) {
    const { names, of, set, short = (name) => name.slice(0, 3), number = digits, narrow = (name) => name[0] ?? '', } = shape;
    const listOf = (count) => (count === 4 ? names : names.map((name) => short(name)));
    return {
        kind: 'letter',
        sign,
        most: 5,
        write: (count, wall) => {
            const name = names[of(wall) - 1] ?? '';
            if (count < 3 && shape.isNumbered)
                return (0,dates_moment/* pad */.eV)(of(wall), count);
            if (count === 4)
                return name;
            return count === 5 ? narrow(name) : short(name);
        },
        expression: (count) => {
            if (count < 3 && shape.isNumbered)
                return number(count, 2);
            return count === 5 ? '' : listOf(count).join('|');
        },
        take: (count) => (text, fields) => set(count < 3 && shape.isNumbered ? Number(text) : listOf(count).indexOf(text) + 1, fields),
    };
}
const MONTH = {
    names: MONTHS,
    of: ({ month }) => month,
    set: (number, fields) => put(fields, 'month', number),
    isNumbered: true,
};
const QUARTER = {
    names: QUARTERS,
    of: ({ month }) => Math.ceil(month / 3),
    set: (number, fields) => put(fields, 'quarter', number),
    isNumbered: true,
    short: (name) => `Q${name[0]}`,
    number: (count) => (count === 1 ? '[1-4]' : '0[1-4]'),
};
const WEEKDAY = {
    names: WEEKDAYS,
    of: ({ year, month, day }) => (0,dates_moment/* weekdayOf */.Up)(year, month, day),
    set: (number, fields) => put(fields, 'weekday', number),
    isNumbered: false,
};
const ERA = {
    kind: 'letter',
    sign: 'G',
    most: 5,
    write: (count) => (count === 4 ? 'Anno Domini' : count === 5 ? 'A' : 'AD'),
    expression: (count) => (count === 4 ? 'Anno Domini|Before Christ' : count === 5 ? 'A|B' : 'AD|BC'),
    take: () => (text, fields) => put(fields, 'era', text.startsWith('B') ? 'BC' : 'AD'),
};
const YEAR = {
    kind: 'letter',
    sign: 'y',
    most: 19,
    write: (count, { year }) => (count === 2 ? (0,dates_moment/* pad */.eV)(year % 100, 2) : (0,dates_moment/* pad */.eV)(year, count)),
    expression: (count) => (count === 1 || count === 3 ? `\\d{${count},4}` : `\\d{${count}}`),
    take: (count) => (text, fields) => put(fields, 'year', count === 2 ? 2000 + Number(text) : Number(text)),
};
const HALF_DAY = {
    kind: 'letter',
    sign: 'a',
    most: 1,
    write: (_, { hour }) => (hour < 12 ? 'AM' : 'PM'),
    expression: () => 'AM|PM',
    take: () => (text, fields) => put(fields, 'isAfternoon', text === 'PM'),
};
const FRACTION = {
    kind: 'letter',
    sign: 'S',
    most: 9,
    write: (count, { nano }) => (0,dates_moment/* pad */.eV)(nano, 9).slice(0, count),
    expression: (count) => `\\d{${count}}`,
    take: () => (text, fields) => put(fields, 'nano', Number(text.padEnd(9, '0'))),
};
const takeOffset = (text, fields) => {
    const offset = readOffset(text.replace(/^GMT$/, 'Z').replace(/^GMT/, ''));
    return offset !== undefined && put(fields, 'offset', offset);
};
const takeZone = (text, fields) => {
    const zone = zoneOf(text);
    return zone !== undefined && put(fields, 'zone', zone);
};
function numericOffset(offset, style) {
    const { sign, hours, minutes, seconds } = (0,dates_moment/* offsetParts */.GS)(offset);
    const colon = style === 3 || style === 5 ? ':' : '';
    if (style === 1)
        return `${sign}${hours}${minutes === '00' ? '' : minutes}`;
    const last = style > 3 && seconds !== '00' ? `${colon}${seconds}` : '';
    return `${sign}${hours}${colon}${minutes}${last}`;
}
const NUMERIC_OFFSETS = [
    '',
    '[+-]\\d\\d(?:\\d\\d)?',
    '[+-]\\d{4}',
    '[+-]\\d\\d:\\d\\d',
    '[+-]\\d{4}(?:\\d\\d)?',
    '[+-]\\d\\d:\\d\\d(?::\\d\\d)?',
];
const OFFSET_X = {
    kind: 'letter',
    sign: 'X',
    most: 5,
    write: (count, _, { offset }) => (offset === 0 ? 'Z' : numericOffset(offset, count)),
    expression: (count) => `Z|${NUMERIC_OFFSETS[count] ?? ''}`,
    take: () => takeOffset,
};
function localOffset(offset, isLong) {
    if (offset === 0)
        return 'GMT';
    const { sign, hours, minutes } = (0,dates_moment/* offsetParts */.GS)(offset);
    return isLong ? `GMT${sign}${hours}:${minutes}` : `GMT${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}
const OFFSET_Z = {
    kind: 'letter',
    sign: 'Z',
    most: 5,
    write: (count, _, { offset }) => {
        if (count === 4)
            return localOffset(offset, true);
        return count === 5 ? (offset === 0 ? 'Z' : numericOffset(offset, 5)) : numericOffset(offset, 2);
    },
    expression: (count) => count === 4 ? 'GMT(?:[+-]\\d\\d:\\d\\d)?' : count === 5 ? `Z|${NUMERIC_OFFSETS[5]}` : NUMERIC_OFFSETS[2],
    take: () => takeOffset,
};
const OFFSET_O = {
    kind: 'letter',
    sign: 'O',
    most: 4,
    write: (count, _, { offset }) => localOffset(offset, count === 4),
    expression: (count) => (count === 4 ? 'GMT(?:[+-]\\d\\d:\\d\\d)?' : 'GMT(?:[+-]\\d{1,2}(?::\\d\\d)?)?'),
    take: () => takeOffset,
};
const ZONE_WORD = '[A-Za-z][\\w/+:-]{0,63}';
const ZONE_NAME = {
    kind: 'letter',
    sign: 'z',
    most: 4,
    write: (count, _, moment) => {
        if (moment.zone === undefined)
            return (0,dates_moment/* offsetText */.VU)(moment.offset);
        const name = zoneName(moment, count === 4 ? 'long' : 'short');
        if (name === undefined)
            throw new fault/* ValueFault */.Qe('a time zone that has an English name: use "VV" or "XXX"', 'one without');
        return name;
    },
    expression: (count) => (count === 4 ? '' : ZONE_WORD),
    take: () => takeZone,
};
const ZONE_ID = {
    kind: 'letter',
    sign: 'V',
    most: 2,
    write: (_, __, { zone, offset }) => zone ?? (0,dates_moment/* offsetText */.VU)(offset),
    expression: () => `${ZONE_WORD}|[+-]\\d\\d:\\d\\d`,
    take: () => takeZone,
};
const CLASHES = 'is not supported, because two date classes of Java read it differently';
const REFUSED = [
    { kind: 'refused', sign: 'Y', why: `"Y" ${CLASHES}: use "y" for the year` },
    { kind: 'refused', sign: 'w', why: `"w" ${CLASHES}` },
    { kind: 'refused', sign: 'W', why: `"W" ${CLASHES}` },
    { kind: 'refused', sign: 'F', why: `"F" ${CLASHES}` },
    { kind: 'refused', sign: 'u', why: `"u" ${CLASHES}: use "y" for the year and "E" for the weekday` },
];
const NUMBERS = [
    { sign: 'd', most: 2, of: ({ day }) => day, take: setNumber('day') },
    { sign: 'D', most: 3, of: dates_moment/* dayOfYear */.vb, take: setNumber('ordinal') },
    { sign: 'm', most: 2, of: ({ minute }) => minute, take: setNumber('minute') },
    { sign: 's', most: 2, of: ({ second }) => second, take: setNumber('second') },
    { sign: 'H', most: 2, of: ({ hour }) => hour, take: setNumber('hour') },
    { sign: 'k', most: 2, of: ({ hour }) => hour || 24, take: (number, fields) => takeHour(number, 24, fields) },
    { sign: 'K', most: 2, of: ({ hour }) => hour % 12, take: (number, fields) => takeHalf(number, 0, fields) },
    { sign: 'h', most: 2, of: ({ hour }) => hour % 12 || 12, take: (number, fields) => takeHalf(number, 1, fields) },
];
function takeHour(number, last, fields) {
    fields.hour = number % last;
    return number >= 1 && number <= last;
}
function takeHalf(number, first, fields) {
    fields.half = number % 12;
    return number >= first && number <= first + 11;
}
const LETTERS = new Map([
    ERA,
    YEAR,
    nameLetter('M', MONTH),
    nameLetter('L', MONTH),
    nameLetter('Q', QUARTER),
    nameLetter('q', QUARTER),
    nameLetter('E', WEEKDAY),
    HALF_DAY,
    FRACTION,
    OFFSET_X,
    OFFSET_Z,
    OFFSET_O,
    ZONE_NAME,
    ZONE_ID,
    ...NUMBERS.map(numberLetter),
    ...REFUSED,
].map((letter) => [letter.sign, letter]));

;// CONCATENATED MODULE: ./build/mapping/dates/pattern.js



class PatternFault extends Error {
    name = 'PatternFault';
}
function compilePattern(pattern) {
    const parts = partsOf(pattern);
    const letters = lettersOf(parts);
    const setters = letters.map(({ letter, count }) => letter.take(count));
    const expression = new RegExp(`^${parts.map(expressionOf).join('')}$`);
    const unreadable = unreadableReason(parts, letters);
    return {
        write: (moment) => writeParts(parts, moment),
        read: (text) => {
            const match = unreadable === undefined ? expression.exec(text) : null;
            if (match === null)
                return undefined;
            const fields = {};
            for (let at = 0; at < setters.length; at++) {
                const found = match[at + 1];
                if (found !== undefined && setters[at]?.(found, fields) === false)
                    return undefined;
            }
            return momentOf(fields);
        },
        unreadable,
    };
}
function partsOf(pattern) {
    const open = [[]];
    for (let at = 0; at < pattern.length;) {
        const sign = pattern[at] ?? '';
        const here = open.at(-1) ?? [];
        if (sign === '[')
            open.push([]);
        else if (sign === ']')
            closeOptional(open);
        else if (sign === "'")
            here.push({ kind: 'text', text: quotedText(pattern, at) });
        else
            here.push(plainPart(pattern, at));
        at += lengthOfPart(pattern, at);
    }
    if (open.length > 1)
        throw new PatternFault('its "[" is not closed');
    return open[0] ?? [];
}
function closeOptional(open) {
    const parts = open.pop() ?? [];
    const outside = open.at(-1);
    if (outside === undefined)
        throw new PatternFault('its "]" closes nothing');
    outside.push({ kind: 'optional', parts });
}
function quotedText(pattern, start) {
    const raw = pattern.slice(start + 1, start + lengthOfPart(pattern, start) - 1);
    return raw === '' ? "'" : raw.replaceAll("''", "'");
}
function lengthOfPart(pattern, at) {
    const sign = pattern[at] ?? '';
    if (sign === "'")
        return lengthOfQuoted(pattern, at);
    if (!/[A-Za-z]/.test(sign))
        return 1;
    let end = at;
    while (pattern[end] === sign)
        end++;
    return end - at;
}
function lengthOfQuoted(pattern, start) {
    let end = pattern.indexOf("'", start + 1);
    while (end !== -1 && end > start + 1 && pattern[end + 1] === "'")
        end = pattern.indexOf("'", end + 2);
    if (end === -1)
        throw new PatternFault('a quote in it is not closed');
    return end + 1 - start;
}
function plainPart(pattern, at) {
    const sign = pattern[at] ?? '';
    if (/[{}#]/.test(sign))
        throw new PatternFault(`"${sign}" is reserved: write it in quotes, as '${sign}'`);
    if (!/[A-Za-z]/.test(sign))
        return { kind: 'text', text: sign };
    const [letter, count] = [LETTERS.get(sign), lengthOfPart(pattern, at)];
    if (letter === undefined)
        throw new PatternFault(`"${sign}" is not a pattern letter: put literal text in quotes`);
    if (letter.kind === 'refused')
        throw new PatternFault(letter.why);
    if (count > letter.most)
        throw new PatternFault(`at most ${letter.most} "${sign}" in a row`);
    return { kind: 'letter', letter, count };
}
function lettersOf(parts) {
    return parts.flatMap((part) => {
        if (part.kind === 'text')
            return [];
        return part.kind === 'letter' ? [part] : lettersOf(part.parts);
    });
}
function expressionOf(part) {
    switch (part.kind) {
        case 'text':
            return part.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
        case 'optional':
            return `(?:${part.parts.map(expressionOf).join('')})?`;
        case 'letter':
            return `(${part.letter.expression(part.count)})`;
        default:
            return part;
    }
}
const MOST_WAYS = 1_000_000;
function waysOf(parts) {
    return parts.reduce((ways, part) => ways * waysOfPart(part), 1);
}
function waysOfPart(part) {
    if (part.kind === 'text')
        return 1;
    if (part.kind === 'optional')
        return 1 + waysOf(part.parts);
    const widths = [...part.letter.expression(part.count).matchAll(/\{(\d+),(\d+)\}|\?/g)];
    return widths.reduce((ways, [, least = '0', most = '1']) => ways * (Number(most) - Number(least) + 1), 1);
}
function unreadableReason(parts, letters) {
    const signs = new Set(letters.map(({ letter }) => letter.sign));
    const narrow = letters.find(({ letter, count }) => letter.expression(count) === '');
    if (narrow !== undefined)
        return `a single letter, as "${narrow.letter.sign.repeat(narrow.count)}" writes, is ambiguous`;
    if (!signs.has('y'))
        return 'it names no year';
    if (waysOf(parts) > MOST_WAYS)
        return 'it fits a string in too many ways: use fewer optional parts, and "dd" for "d"';
    const half = ['h', 'K'].find((sign) => signs.has(sign));
    return half !== undefined && !signs.has('a') ? `"${half}" needs "a" beside it; hours up to 23 are "H"` : undefined;
}
function writeParts(parts, moment) {
    const wall = moment.wall;
    let text = '';
    for (const part of parts) {
        if (part.kind === 'text')
            text += part.text;
        else if (part.kind === 'letter')
            text += part.letter.write(part.count, wall, moment);
        else
            text += writeParts(part.parts, moment);
    }
    return text;
}
function momentOf(fields) {
    const day = dayOf(fields);
    const hour = hourOf(fields);
    if (day === undefined || hour === undefined || fields.era === 'BC')
        return undefined;
    const { minute = 0, second = 0, nano = 0 } = fields;
    const wall = { ...day, hour, minute, second, nano };
    if (!(0,dates_moment/* isWallTime */.eu)(wall) || !agrees(wall, fields))
        return undefined;
    const moment = momentAt(wall, fields.zone ?? fixed(fields.offset) ?? UTC);
    return fields.offset === undefined || fields.offset === moment.offset
        ? moment
        : momentAt(wall, fixed(fields.offset) ?? UTC);
}
function fixed(offset) {
    return offset === undefined ? undefined : { kind: 'fixed', offset, name: undefined };
}
function dayOf({ year, month, day, ordinal }) {
    if (year === undefined)
        return undefined;
    if (ordinal === undefined)
        return { year, month: month ?? 1, day: day ?? 1 };
    const date = new Date(Date.UTC(2000, 0, 1));
    date.setUTCFullYear(year, 0, ordinal);
    return ordinal < 1 || date.getUTCFullYear() !== year
        ? undefined
        : { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
function hourOf({ hour, half, isAfternoon }) {
    if (half === undefined) {
        const differs = hour !== undefined && isAfternoon !== undefined && hour >= 12 !== isAfternoon;
        return differs ? undefined : (hour ?? 0);
    }
    const full = isAfternoon === true ? half + 12 : half;
    return hour === undefined || hour === full ? full : undefined;
}
function agrees(wall, { weekday, quarter, month, day, ordinal }) {
    if (weekday !== undefined && (0,dates_moment/* weekdayOf */.Up)(wall.year, wall.month, wall.day) !== weekday)
        return false;
    if (quarter !== undefined && Math.ceil(wall.month / 3) !== quarter)
        return false;
    if (ordinal === undefined)
        return true;
    return (0,dates_moment/* dayOfYear */.vb)(wall) === ordinal && (month ?? wall.month) === wall.month && (day ?? wall.day) === wall.day;
}

;// CONCATENATED MODULE: ./build/mapping/dates/read.js



const LISTED = [
    'yyyy/MM/dd',
    'yyyy.MM.dd',
    'yyyy-MMM-dd',
    'yyyyMMdd',
    'MM-dd-yyyy',
    'MMddyyyy',
    'M/dd/yyyy',
    'dd.M.yyyy',
    'M/dd/yyyy hh:mm:ss a',
    'dd.M.yyyy hh:mm:ss a',
    'dd.MMM.yyyy',
    'dd-MMM-yyyy',
    'dd-MMM-yyyy HH:mm[:ss]',
];
const BY_SIGN = new Map(['/', '.', '-', ''].map((sign) => [
    sign,
    LISTED.filter((pattern) => signOf(pattern) === sign).map((pattern) => compilePattern(pattern)),
]));
function signOf(text) {
    return /[^A-Za-z0-9]/.exec(text)?.[0] ?? '';
}
function readDate(text) {
    if (text[4] === '-' && text[7] === '-')
        return readIso(text);
    for (const pattern of BY_SIGN.get(signOf(text)) ?? []) {
        const moment = pattern.read(text);
        if (moment !== undefined)
            return moment;
    }
    return undefined;
}
function isAmbiguousDate(text, { wall: { year, month, day } }) {
    const isMonthFirst = /^\d{1,2}\/\d\d\//.test(text) || (/^\d{8}$/.test(text) && Number(text.slice(0, 4)) !== year);
    return isMonthFirst && day <= 12 && day !== month;
}
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:(Z|[+-]\d\d(?::?\d\d)?)| ([A-Z]{1,5}|[A-Za-z]+\/[\w/+-]+))?)?$/;
function readIso(text) {
    const match = ISO.exec(text);
    if (match === null)
        return undefined;
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset, name] = match;
    const wall = {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        nano: fraction === '' ? 0 : Number(fraction.padEnd(9, '0')),
    };
    const named = offset ?? name;
    const zone = named === undefined ? UTC : zoneOf(named);
    return zone !== undefined && (0,dates_moment/* isWallTime */.eu)(wall) ? momentAt(wall, zone) : undefined;
}

// EXTERNAL MODULE: ./build/mapping/value.js
var mapping_value = __nccwpck_require__(9572);
// EXTERNAL MODULE: ./build/mapping/functions/function.js
var functions_function = __nccwpck_require__(5915);
;// CONCATENATED MODULE: ./build/mapping/functions/dates.js








const PATTERNS = new Map();
const MOST_KEPT = 1000;
function patternOf(value) {
    const text = value === null ? '' : (0,mapping_value/* textOf */.b6)(value);
    const known = PATTERNS.get(text);
    if (known !== undefined)
        return known;
    const pattern = compiled(text);
    if (PATTERNS.size >= MOST_KEPT)
        PATTERNS.clear();
    PATTERNS.set(text, pattern);
    return pattern;
}
function compiled(text) {
    try {
        return compilePattern(text);
    }
    catch (error) {
        if (error instanceof PatternFault)
            throw new fault/* ValueFault */.Qe('a date pattern', 'one that cannot be used', error.message);
        throw error;
    }
}
function readablePattern(value) {
    const pattern = patternOf(value);
    if (pattern.unreadable !== undefined) {
        throw new fault/* ValueFault */.Qe('a pattern that can read dates', 'one that cannot', pattern.unreadable);
    }
    return pattern;
}
function readDateText(text, scope) {
    const moment = readDate(text);
    if (moment === undefined)
        throw (0,mapping_value/* wrongValue */.NT)('a date that exists, in one of the known formats', text);
    if (isAmbiguousDate(text, moment))
        scope.seen |= functions_function/* SEEN */.G.ambiguousDate;
    return moment;
}
function isBlank(value) {
    return value === null || value === '';
}
function readByPattern(value, pattern) {
    if (value instanceof dates_moment/* Moment */["do"])
        return value;
    const moment = readablePattern(pattern).read((0,mapping_value/* textOf */.b6)(value));
    if (moment === undefined)
        throw (0,mapping_value/* wrongValue */.NT)('a date that exists and fits the pattern', value);
    return moment;
}
function dateOf(scope, value) {
    if (value instanceof dates_moment/* Moment */["do"])
        return value;
    if (typeof value !== 'string')
        throw (0,mapping_value/* wrongValue */.NT)('a date', value);
    return readDateText(value, scope);
}
const checkPatternAt = (at, mustRead) => (args) => {
    const pattern = args[at];
    if (pattern === undefined)
        return;
    if (mustRead)
        readablePattern(pattern);
    else
        patternOf(pattern);
};
const PART_NAMES = {
    year: 'year yyyy yy',
    quarter: 'quarter qq q',
    month: 'month mm m',
    dayofyear: 'dayofyear dy y',
    day: 'day dd d',
    hour: 'hour hh hh24',
    hour12: 'hh12',
    minute: 'minute mi n',
    second: 'second ss s',
    millisecond: 'millisecond sss ms',
};
const PARTS = new Map(Object.entries(PART_NAMES).flatMap(([part, names]) => names.split(' ').map((name) => [name, part])));
const REFUSED_PARTS = new Set(['week', 'ww', 'w', 'weekday', 'dw']);
function partOf(value) {
    const word = value === null ? '' : (0,mapping_value/* textOf */.b6)(value).toLowerCase();
    if (REFUSED_PARTS.has(word)) {
        throw new fault/* ValueFault */.Qe('another part of a date', 'a week or a weekday', 'Adobe does not document how they are counted');
    }
    return PARTS.get(word);
}
function mustBePart(value) {
    const part = partOf(value);
    if (part === undefined)
        throw new fault/* ValueFault */.Qe('the name of a date part', 'something else');
    return part;
}
function readPart(part, { wall }) {
    switch (part) {
        case 'quarter':
            return Math.ceil(wall.month / 3);
        case 'dayofyear':
            return (0,dates_moment/* dayOfYear */.vb)(wall);
        case 'hour12':
            return wall.hour % 12 || 12;
        case 'millisecond':
            return Math.floor(wall.nano / 1_000_000);
        default:
            return wall[part];
    }
}
function datePart(scope, component, value) {
    if (component === null || value === null)
        return null;
    const [part, date] = component instanceof dates_moment/* Moment */["do"] ? [mustBePart(value), component] : [partOf(component), value];
    if (part === undefined)
        return readPart(mustBePart(date), dateOf(scope, component));
    return readPart(part, dateOf(scope, date));
}
function checkPart(component) {
    if (component !== undefined)
        partOf(component);
}
function setDatePart(scope, [component = null, number = null, value = null]) {
    if (isBlank(value))
        return null;
    const part = mustBePart(component);
    if (part === 'quarter' || part === 'dayofyear' || part === 'hour12' || part === 'millisecond') {
        throw new fault/* ValueFault */.Qe('year, month, day, hour, minute or second', 'another part of a date', part);
    }
    const moment = dateOf(scope, value);
    const wall = { ...moment.wall, [part]: (0,mapping_value/* countOf */.pq)(number) };
    return momentAt(mustBeWall(wall), zoneOfMoment(moment));
}
function zoneOfMoment({ zone, offset }) {
    const named = zone === undefined ? undefined : zoneOf(zone);
    return named?.kind === 'region' ? named : { kind: 'fixed', offset, name: zone };
}
function mustBeWall(wall) {
    if ((0,dates_moment/* isWallTime */.eu)(wall))
        return wall;
    const { month, year } = wall;
    const isMonth = month >= 1 && month <= 12 && year >= 1 && year <= 9999;
    throw new fault/* ValueFault */.Qe('a valid date and time', isMonth
        ? `a day or time that does not exist (the month has ${(0,date/* daysOf */.hF)(month, year)} days)`
        : 'a year or month that does not exist');
}
function mustBeZone(value) {
    const zone = value === null ? undefined : zoneOf((0,mapping_value/* textOf */.b6)(value));
    if (zone === undefined)
        throw new fault/* ValueFault */.Qe('a time zone like "Europe/Paris", "UTC" or "+02:00"', 'something else');
    return zone;
}
const checkZoneAt = (at) => (args) => {
    const zone = args[at];
    if (zone !== undefined)
        mustBeZone(zone);
};
function makeDate(args) {
    if (args.some((arg) => arg === null))
        return null;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nano = 0] = args.slice(0, 7).map(mapping_value/* countOf */.pq);
    if (nano < 0 || nano > 999_999_999)
        throw new fault/* ValueFault */.Qe('nanoseconds from 0 to 999999999', 'a number out of range');
    return momentAt(mustBeWall({ year, month, day, hour, minute, second, nano }), mustBeZone(args[7] ?? null));
}
const DATE_FUNCTIONS = {
    now: {
        signature: 'now()',
        line: 'The start of the run: the same for all rows and retries.',
        examples: [['is_empty(now())', 'false']],
        least: 0,
        most: 0,
        returns: 'date',
        isImpure: true,
        callIn: ({ nowMs }) => (0,dates_moment/* momentOfEpoch */.lo)(nowMs),
    },
    timestamp: {
        signature: 'timestamp()',
        aliases: ['current_timestamp'],
        line: 'Like now(), in milliseconds since 1970.',
        examples: [['timestamp() > 1500000000000', 'true']],
        least: 0,
        most: 0,
        returns: 'number',
        isImpure: true,
        callIn: ({ nowMs }) => Math.floor(nowMs),
    },
    date: {
        signature: 'date(s, pattern, default)',
        line: 'Reads a date. Without a pattern, the known formats are tried in order. The default replaces only null and an empty string.',
        examples: [
            ['date("2019-10-23 11:24")', '"2019-10-23T11:24:00Z"'],
            ['date("31/12/1990", "dd/MM/yyyy")', '"1990-12-31T00:00:00Z"'],
            ['date(null, "yyyy-MM-dd", "2000-01-01")', '"2000-01-01T00:00:00Z"'],
        ],
        least: 1,
        most: 3,
        returns: 'date',
        checkLiterals: checkPatternAt(1, true),
        callIn: (scope, value = null, pattern, otherwise = null) => {
            const chosen = isBlank(value) ? otherwise : value;
            if (isBlank(chosen))
                return null;
            return pattern === undefined || pattern === null ? dateOf(scope, chosen) : readByPattern(chosen, pattern);
        },
    },
    format: {
        signature: 'format(date, pattern)',
        line: 'Writes a date by a pattern.',
        examples: [
            ['format("2019-10-23T11:24:35Z", "yyyy-MM-dd HH:mm:ss")', '"2019-10-23 11:24:35"'],
            ['format("2024-05-06T07:08:09Z", "EEEE, d MMMM yyyy")', '"Monday, 6 May 2024"'],
        ],
        least: 2,
        most: 2,
        returns: 'text',
        checkLiterals: checkPatternAt(1, false),
        callIn: (scope, value = null, pattern = null) => isBlank(value) ? null : patternOf(pattern).write(dateOf(scope, value)),
    },
    dformat: {
        signature: 'dformat(milliseconds, pattern)',
        line: 'Writes milliseconds since 1970 by a pattern, in UTC.',
        examples: [['dformat(1571829875000, "yyyy-MM-dd\'T\'HH:mm:ss.SSSX")', '"2019-10-23T11:24:35.000Z"']],
        least: 2,
        most: 2,
        returns: 'text',
        checkLiterals: checkPatternAt(1, false),
        call: (ms = null, pattern = null) => (isBlank(ms) ? null : patternOf(pattern).write((0,dates_moment/* momentOfEpoch */.lo)((0,mapping_value/* countOf */.pq)(ms)))),
    },
    date_part: {
        signature: 'date_part(component, date)',
        line: 'A part of a date: year, quarter, month, dayofyear, day, hour, hh12, minute, second, millisecond. Weeks and weekdays are not supported.',
        examples: [['date_part("MM", date("2019-10-17 11:55:12"))', '10']],
        least: 2,
        most: 2,
        returns: 'number',
        checkLiterals: ([component]) => checkPart(component),
        callIn: (scope, component = null, value = null) => datePart(scope, component, value),
    },
    set_date_part: {
        signature: 'set_date_part(component, value, date)',
        line: 'A date with another year, month, day, hour, minute or second.',
        examples: [['set_date_part("m", 4, date("2016-11-09T11:44:44.797"))', '"2016-04-09T11:44:44.797Z"']],
        least: 3,
        most: 3,
        returns: 'date',
        checkLiterals: ([component]) => checkPart(component),
        callIn: (scope, ...args) => setDatePart(scope, args),
    },
    make_date_time: {
        signature: 'make_date_time(year, month, day, hour, minute, second, nanosecond, zone)',
        aliases: ['make_timestamp'],
        line: 'A date from its parts, in a time zone.',
        examples: [
            ['make_date_time(2019, 10, 17, 11, 55, 12, 999, "America/Los_Angeles")', '"2019-10-17T11:55:12.000000999-07:00"'],
        ],
        least: 8,
        most: 8,
        returns: 'date',
        checkLiterals: checkZoneAt(7),
        call: (...args) => makeDate(args),
    },
    zone_date_to_utc: {
        signature: 'zone_date_to_utc(date)',
        line: 'The same moment in UTC.',
        examples: [['zone_date_to_utc("2019-10-17T11:55:12 PST")', '"2019-10-17T19:55:12Z"']],
        least: 1,
        most: 1,
        returns: 'date',
        callIn: (scope, value = null) => (isBlank(value) ? null : dateOf(scope, value).in(0)),
    },
    zone_date_to_zone: {
        signature: 'zone_date_to_zone(date, zone)',
        line: 'The same moment in another time zone.',
        examples: [['zone_date_to_zone("2021-10-26T10:10:24Z", "Europe/Paris")', '"2021-10-26T12:10:24+02:00"']],
        least: 2,
        most: 2,
        returns: 'date',
        checkLiterals: checkZoneAt(1),
        callIn: (scope, value = null, zone = null) => isBlank(value) ? null : momentIn(dateOf(scope, value), mustBeZone(zone)),
    },
};


/***/ }),

/***/ 5915:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ SEEN)
/* harmony export */ });
const SEEN = { emptyPart: 1, ambiguousDate: 2 };


/***/ }),

/***/ 2510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ sizeOf),
/* harmony export */   f: () => (/* binding */ LIST_FUNCTIONS)
/* harmony export */ });
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9572);

function elementsOf(args) {
    const [first = null] = args;
    return args.length === 1 && (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isArrayValue */ .D8)(first) ? first.map(_value_js__WEBPACK_IMPORTED_MODULE_0__/* .valueOf */ .RP) : args;
}
function listOf(value) {
    if (value === null)
        return [];
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isArrayValue */ .D8)(value))
        throw (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongValue */ .NT)('an array', value);
    return value;
}
function sizeOf(value) {
    if (value === null)
        return 0;
    if (typeof value === 'string' || (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isArrayValue */ .D8)(value))
        return value.length;
    if ((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isObjectValue */ .Tc)(value))
        return Object.keys(value).length;
    throw (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .wrongValue */ .NT)('an array, an object or a string', value);
}
const unchanged = (signature, example, most) => ({
    signature,
    line: 'The array itself: it only matters for streaming updates. Not supported with "upsert".',
    examples: [[example, '[123,456]']],
    least: 1,
    most,
    returns: 'array',
    call: (list = null) => list,
});
const LIST_FUNCTIONS = {
    coalesce: {
        signature: 'coalesce(a, \u2026)',
        line: 'The first value that is not null, of several or of an array.',
        examples: [['coalesce(null, null, "first", null, "second")', '"first"']],
        least: 1,
        most: Infinity,
        returns: 'any',
        call: (...args) => elementsOf(args).find((value) => value !== null) ?? null,
    },
    first: {
        signature: 'first(a, \u2026)',
        line: 'The first of several values, or of an array.',
        examples: [['first("1", "2", "3")', '"1"']],
        least: 1,
        most: Infinity,
        returns: 'any',
        call: (...args) => elementsOf(args)[0] ?? null,
    },
    last: {
        signature: 'last(a, \u2026)',
        line: 'The last of several values, or of an array.',
        examples: [['last(split("x:y:z", ":"))', '"z"']],
        least: 1,
        most: Infinity,
        returns: 'any',
        call: (...args) => elementsOf(args).at(-1) ?? null,
    },
    add_to_array: {
        signature: 'add_to_array(array, value, \u2026)',
        line: 'Appends values to an array. An array among them becomes one element.',
        examples: [["add_to_array(['a', 'b'], 'c', 'd')", '["a","b","c","d"]']],
        least: 2,
        most: Infinity,
        returns: 'array',
        call: (list = null, ...values) => [...listOf(list), ...values],
    },
    join_arrays: {
        signature: 'join_arrays(array, array, \u2026)',
        line: 'Joins arrays into one. Null arrays are skipped.',
        examples: [["join_arrays(['a', 'b'], ['c'], ['d', 'e'])", '["a","b","c","d","e"]']],
        least: 1,
        most: Infinity,
        returns: 'array',
        call: (...lists) => lists.flatMap(listOf),
    },
    to_array: {
        signature: 'to_array(includeNulls, value, \u2026)',
        line: 'An array of these values, with or without nulls.',
        examples: [
            ['to_array(false, 1, null, 2, 3)', '[1,2,3]'],
            ['to_array(true, 1, null, 2)', '[1,null,2]'],
        ],
        least: 1,
        most: Infinity,
        returns: 'array',
        call: (includeNulls = null, ...values) => (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isTrue */ .Hn)(includeNulls) ? values : values.filter((value) => value !== null),
    },
    size_of: {
        signature: 'size_of(x)',
        line: 'The number of elements, members or characters; 0 for null.',
        examples: [['size_of(["a", "b"])', '2']],
        least: 1,
        most: 1,
        returns: 'number',
        call: (value = null) => sizeOf(value),
    },
    upsert_array_append: unchanged('upsert_array_append(array)', 'upsert_array_append([123, 456])', 1),
    upsert_array_replace: unchanged('upsert_array_replace(array, index)', 'upsert_array_replace([123, 456])', 2),
};


/***/ }),

/***/ 3867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ REFUSED_FUNCTIONS)
/* harmony export */ });
const FPID = "Adobe's algorithm is not public, and a wrong ECID would merge strangers";
const AGENT = 'Data Prep parses user agents with a Java library, and other parsers disagree on half of them';
const ANALYTICS = 'it only works in Web SDK and Adobe Analytics flows';
const DESTINATION = 'it only works in destinations';
const REFUSED_FUNCTIONS = new Map([
    ['fpid_to_ecid', FPID],
    ...[
        'ua_os_name',
        'ua_os_version_major',
        'ua_os_version',
        'ua_os_name_version',
        'ua_agent_version',
        'ua_agent_version_major',
        'ua_agent_name',
        'ua_device_class',
    ].map((name) => [name, AGENT]),
    ...[
        'aa_get_event_id',
        'aa_get_event_value',
        'aa_get_product_categories',
        'aa_get_product_names',
        'aa_get_product_quantity',
        'aa_get_product_quantities',
        'aa_get_product_prices',
        'aa_get_product_event_values',
        'aa_get_product_evars',
        'aa_get_product_events',
        'aa_get_product_event_ids',
    ].map((name) => [name, ANALYTICS]),
    ['array_to_string', `${DESTINATION}: use join()`],
    ['filterArray', DESTINATION],
    ['transformArray', DESTINATION],
    ['flattenArray', DESTINATION],
    ['current_date', 'use format(now(), "dd-MMM-yyyy")'],
]);


/***/ }),

/***/ 4160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ compileRegex),
/* harmony export */   Q: () => (/* binding */ replaceMatches)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9965);


const COMPILED = new Map();
const MOST_KEPT = 1000;
function compileRegex(pattern) {
    const known = COMPILED.get(pattern);
    if (known !== undefined)
        return known;
    const { source, flags } = translate(pattern);
    const [start, end] = flags.includes('m') ? [START, END] : ['^', '$'];
    const compiled = { whole: build(`${start}(?:${source})${end}`, flags), global: build(source, `${flags}g`) };
    if (COMPILED.size >= MOST_KEPT)
        COMPILED.clear();
    COMPILED.set(pattern, compiled);
    return compiled;
}
function replaceMatches(text, pattern, replacement) {
    const { global } = compileRegex(pattern);
    global.lastIndex = 0;
    let replaced = '';
    let from = 0;
    for (const match of text.matchAll(global)) {
        replaced += text.slice(from, match.index) + expand(replacement, match);
        from = match.index + match[0].length;
    }
    return replaced + text.slice(from);
}
const MARK = /\\([^])|\$\{(\w+)\}|\$(\d+)|[\\$]/g;
function expand(replacement, match) {
    return replacement.replace(MARK, (_, escaped, name, digits) => {
        if (escaped !== undefined)
            return escaped;
        if (digits !== undefined)
            return numberedGroup(digits, match);
        const { groups = {} } = match;
        if (name === undefined || !Object.hasOwn(groups, name))
            throw wrongReplacement();
        return (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(groups, name) ?? '';
    });
}
function numberedGroup(digits, match) {
    let length = digits.length;
    while (length > 0 && Number(digits.slice(0, length)) >= match.length)
        length--;
    if (length === 0)
        throw wrongReplacement();
    return (match[Number(digits.slice(0, length))] ?? '') + digits.slice(length);
}
function wrongReplacement() {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe('a replacement that names groups of the regular expression', 'another', 'write "\\$" for a "$"');
}
function build(source, flags) {
    try {
        return new RegExp(source, `${flags}u`);
    }
    catch (error) {
        if (/\\[pPk]/.test(source))
            throw brokenRegex(error);
    }
    try {
        return new RegExp(source, flags);
    }
    catch (error) {
        throw brokenRegex(error);
    }
}
function brokenRegex(error) {
    const why = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe('a regular expression', 'one that cannot be read', why);
}
function translate(pattern) {
    const [head = '', signs = ''] = /^\(\?([a-zA-Z]+)\)/.exec(pattern) ?? [];
    const odd = /[^imsu]/.exec(signs);
    if (odd !== null)
        throw refuse(`the flag "(?${odd[0]})"`);
    const parts = new RegexTranslation(pattern.slice(head.length));
    return { source: parts.read(), flags: ['i', 'm', 's'].filter((flag) => signs.includes(flag)).join('') };
}
function refuse(what) {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueFault */ .Qe('a regular expression that JavaScript reads as Java does', 'another one', what);
}
const START = '(?<![^])';
const END = '(?![^])';
const JAVA_SPACES = ' \\t\\n\\x0B\\f\\r';
const ESCAPES = new Map([
    ['A', START],
    ['z', END],
    ['s', `[${JAVA_SPACES}]`],
    ['S', `[^${JAVA_SPACES}]`],
    ['e', '\\x1B'],
    ['a', '\\x07'],
]);
const POSIX = new Map([
    ['Lower', 'a-z'],
    ['Upper', 'A-Z'],
    ['Alpha', 'A-Za-z'],
    ['Digit', '0-9'],
    ['Alnum', 'A-Za-z0-9'],
    ['XDigit', '0-9A-Fa-f'],
    ['Blank', ' \\t'],
    ['Space', JAVA_SPACES],
    ['ASCII', '\\x00-\\x7F'],
]);
const REFUSED_ESCAPES = /[hHvVRXGZNEQ]/;
const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;
class RegexTranslation {
    #pattern;
    #at = 0;
    #source = '';
    constructor(pattern) {
        this.#pattern = pattern;
    }
    read() {
        while (this.#at < this.#pattern.length)
            this.#part();
        return this.#source;
    }
    #part() {
        const sign = this.#pattern[this.#at] ?? '';
        const quantifier = this.#match(QUANTIFIER);
        if (quantifier !== undefined)
            this.#quantify(quantifier);
        else if (sign === '\\')
            this.#escape(false);
        else if (sign === '[')
            this.#class();
        else if (sign === '(')
            this.#group();
        else
            this.#copy(sign);
    }
    #match(expression) {
        expression.lastIndex = this.#at;
        return expression.exec(this.#pattern)?.[0];
    }
    #copy(part) {
        this.#source += part;
        this.#at += part.length;
    }
    #quantify(quantifier) {
        this.#copy(quantifier);
        if (this.#pattern[this.#at] === '+')
            throw refuse('the possessive quantifier "+"');
    }
    #group() {
        if (this.#pattern.startsWith('(?>', this.#at))
            throw refuse('the atomic group "(?>"');
        this.#copy(this.#match(/\(\??/y) ?? '(');
    }
    #escape(isInClass) {
        const sign = this.#pattern[this.#at + 1] ?? '';
        if (sign === 'Q')
            this.#quoted();
        else if (this.#posix(isInClass))
            return;
        else if (REFUSED_ESCAPES.test(sign))
            throw refuse(`"\\${sign}"`);
        else {
            const translated = ESCAPES.get(sign);
            const isSpaces = isInClass && sign === 's';
            const kept = translated === undefined || isInClass;
            this.#source += isSpaces ? JAVA_SPACES : kept ? `\\${sign}` : translated;
            this.#at += 2;
        }
    }
    #posix(isInClass) {
        const written = this.#match(/\\[pP]\{\w+\}/y);
        const signs = written === undefined ? undefined : POSIX.get(written.slice(3, -1));
        if (written === undefined || signs === undefined)
            return false;
        const isNegated = written.startsWith('\\P');
        if (isInClass && isNegated)
            throw refuse(`"${written}" in a class`);
        this.#source += isInClass ? signs : `[${isNegated ? '^' : ''}${signs}]`;
        this.#at += written.length;
        return true;
    }
    #quoted() {
        const end = this.#pattern.indexOf('\\E', this.#at);
        const stop = end === -1 ? this.#pattern.length : end;
        this.#source += this.#pattern.slice(this.#at + 2, stop).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
        this.#at = end === -1 ? stop : end + 2;
    }
    #class() {
        this.#copy(this.#match(/\[\^?/y) ?? '[');
        if (this.#pattern[this.#at] === ']') {
            this.#source += '\\]';
            this.#at++;
        }
        while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ']')
            this.#inClass();
        if (this.#at < this.#pattern.length)
            this.#copy(']');
    }
    #inClass() {
        const sign = this.#pattern[this.#at] ?? '';
        if (sign === '[')
            throw refuse('a class within a class');
        if (this.#pattern.startsWith('&&', this.#at))
            throw refuse('the intersection "&&"');
        if (sign === '\\')
            this.#escape(true);
        else
            this.#copy(sign);
    }
}


/***/ }),

/***/ 9753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  AW: () => (/* binding */ FUNCTIONS),
  ax: () => (/* binding */ FUNCTION_NAMES)
});

// UNUSED EXPORTS: documentedFunctions, refusedFunctions

// EXTERNAL MODULE: ./build/mapping/functions/dates.js + 4 modules
var dates = __nccwpck_require__(9501);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
// EXTERNAL MODULE: ./build/mapping/fault.js
var fault = __nccwpck_require__(9965);
// EXTERNAL MODULE: ./build/mapping/value.js
var mapping_value = __nccwpck_require__(9572);
;// CONCATENATED MODULE: ./build/mapping/functions/hashes.js




const CHARSETS = new Map([
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['ISO-8859-1', (text) => Buffer.from(replaceAbove(text, /[^\0-\u00ff]/gu), 'latin1')],
    ['US-ASCII', (text) => Buffer.from(replaceAbove(text, /[^\0-\u007f]/gu), 'latin1')],
]);
function replaceAbove(text, above) {
    return text.replace(above, '?');
}
function encode(text, charset) {
    if (charset === undefined)
        return text;
    const encoder = CHARSETS.get(charset === null ? 'UTF-8' : (0,mapping_value/* textOf */.b6)(charset).toUpperCase());
    if (encoder === undefined)
        throw new fault/* ValueFault */.Qe(`one of the charsets ${[...CHARSETS.keys()].join(', ')}`, 'another one');
    return encoder(text);
}
function hashFunction(name, digest, result) {
    return {
        signature: `${name}(s, charset="UTF-8")`,
        line: LINES.get(name) ?? `The ${name.toUpperCase().replace('SHA', 'SHA-')} hash, in hexadecimal.`,
        examples: [[`${name}("my text")`, JSON.stringify(result)]],
        least: 1,
        most: 2,
        returns: 'text',
        checkLiterals: ([, charset]) => void (charset === undefined || encode('', charset)),
        call: (value = null, charset) => (value === null ? null : digest(encode((0,mapping_value/* textOf */.b6)(value), charset))),
    };
}
const LINES = new Map([
    ['crc32', 'The CRC-32 in hexadecimal, with its bytes reversed as in Data Prep.'],
]);
const hashedBy = (algorithm) => (bytes) => (0,external_node_crypto_.hash)(algorithm, bytes, 'hex');
function swappedCrc(bytes) {
    const word = Buffer.alloc(4);
    word.writeUInt32LE((0,external_node_zlib_.crc32)(bytes));
    return word.toString('hex');
}
const HASH_FUNCTIONS = {
    sha1: hashFunction('sha1', hashedBy('sha1'), 'c3599c11e47719df18a2448690840c5dfcce3c80'),
    sha256: hashFunction('sha256', hashedBy('sha256'), '7330d2b39ca35eaf4cb95fc846c21ee6a39af698154a83a586ee270a0d372104'),
    sha512: hashFunction('sha512', hashedBy('sha512'), 'a3d7e45a0d9be5fd4e4b9a3b8c9c2163c21ef708bf11b4232bb21d2a8704ada2cdcd7b367dd0788a89a5c908cfe377aceb1072a7b386b7d4fd2ff68a8fd24d16'),
    md5: hashFunction('md5', hashedBy('md5'), 'd3b96ce8c9fb4e9bd0198d03ba6852c7'),
    crc32: hashFunction('crc32', swappedCrc, '8df92e80'),
};

// EXTERNAL MODULE: ./build/mapping/functions/lists.js
var lists = __nccwpck_require__(2510);
// EXTERNAL MODULE: ./build/schema/json.js
var json = __nccwpck_require__(1106);
// EXTERNAL MODULE: ./build/mapping/expression/operators.js
var operators = __nccwpck_require__(7465);
;// CONCATENATED MODULE: ./build/mapping/functions/logic.js




const LOGIC_FUNCTIONS = {
    iif: {
        signature: 'iif(condition, then, otherwise)',
        line: 'One of two values. Only that one is computed.',
        examples: [['iif("a" == "b", "same", "different")', '"different"']],
        least: 3,
        most: 3,
        returns: 'any',
        form: ([condition, then, otherwise], { compile }) => {
            if (condition === undefined || then === undefined || otherwise === undefined)
                return () => null;
            const [test, one, other] = [compile(condition), compile(then), compile(otherwise)];
            return (scope) => ((0,mapping_value/* isTrue */.Hn)(test(scope)) ? one(scope) : other(scope));
        },
    },
    decode: {
        signature: 'decode(key, key1, value1, \u2026, default)',
        line: 'The value of the key that equals the first argument; otherwise the default, or null.',
        examples: [['decode("k2", "k1", "v1", "k2", "v2", "default")', '"v2"']],
        least: 3,
        most: Infinity,
        returns: 'any',
        call: (key = null, ...pairs) => {
            for (let at = 0; at + 1 < pairs.length; at += 2) {
                if (key !== null && (0,operators/* isEqual */.n4)(key, pairs[at] ?? null))
                    return pairs[at + 1] ?? null;
            }
            return pairs.length % 2 === 1 ? (pairs.at(-1) ?? null) : null;
        },
    },
    min: {
        signature: 'min(a, \u2026)',
        line: 'The smallest value. Nulls are skipped; strings are compared as strings.',
        examples: [['min(3, 1, 4)', '1']],
        least: 1,
        most: Infinity,
        returns: 'any',
        call: (...values) => extreme(values, -1),
    },
    max: {
        signature: 'max(a, \u2026)',
        line: 'The largest value. Nulls are skipped; strings are compared as strings.',
        examples: [
            ['max(3, 1, 4)', '4'],
            ['max("10", "9")', '"9"'],
        ],
        least: 1,
        most: Infinity,
        returns: 'any',
        call: (...values) => extreme(values, 1),
    },
    to_integer: {
        signature: 'to_integer(s)',
        line: 'A 32-bit integer. A fraction is an error.',
        examples: [['to_integer("111250")', '111250']],
        least: 1,
        most: 1,
        returns: 'number',
        call: (value = null) => {
            const number = convert(value);
            if (number === null)
                return null;
            const numeric = (0,mapping_value/* numericOf */.jd)(number);
            const size = 'whole' in numeric ? Number(numeric.whole) : numeric.decimal;
            if (!Number.isInteger(size))
                throw (0,mapping_value/* wrongValue */.NT)('a whole number', value);
            if (size < -INT_END || size >= INT_END)
                throw new fault/* ValueFault */.Qe('a number of 32 bits: use to_bigint()', 'a larger one');
            return size;
        },
    },
    to_bigint: {
        signature: 'to_bigint(s)',
        line: 'A number of any size.',
        examples: [['to_bigint("12345678901")', '12345678901']],
        least: 1,
        most: 1,
        returns: 'number',
        call: (value = null) => convert(value),
    },
    to_decimal: {
        signature: 'to_decimal(s)',
        aliases: ['to_float'],
        line: 'A decimal number.',
        examples: [['to_decimal("20.5")', '20.5']],
        least: 1,
        most: 1,
        returns: 'number',
        call: (value = null) => {
            const number = convert(value);
            if (number === null)
                return null;
            const numeric = (0,mapping_value/* numericOf */.jd)(number);
            return (0,mapping_value/* decimalOf */.Bc)('whole' in numeric ? Number(numeric.whole) : numeric.decimal);
        },
    },
    json_to_object: {
        signature: 'json_to_object(s)',
        line: 'The value of a JSON string.',
        examples: [['json_to_object("{\\"info\\":{\\"firstName\\":\\"John\\"}}")', '{"info":{"firstName":"John"}}']],
        least: 1,
        most: 1,
        returns: 'any',
        call: (value = null) => (typeof value === 'string' ? readJson(value) : value),
    },
    uuid: {
        signature: 'uuid()',
        aliases: ['guid'],
        line: 'A UUID derived from the row and its position: a retry gives the same one.',
        examples: [['size_of(uuid())', '36']],
        least: 0,
        most: 0,
        returns: 'text',
        isImpure: true,
        form: (_, { place }) => {
            const here = place();
            return ({ uuid }) => uuid(here);
        },
    },
};
const INT_END = 2 ** 31;
function convert(value) {
    if (value === null || value === '')
        return null;
    if (typeof value !== 'string')
        return (0,mapping_value/* numberOfValue */.Iu)(value);
    const number = (0,mapping_value/* readNumber */.kz)(value);
    if (number === undefined)
        throw (0,mapping_value/* wrongValue */.NT)('a number', value);
    return number;
}
function extreme(values, sign) {
    let best = null;
    for (const value of values) {
        if (value === null)
            continue;
        if (best !== null && (typeof best === 'string') !== (typeof value === 'string')) {
            throw (0,mapping_value/* wrongValue */.NT)('values of one kind', value);
        }
        if (best === null || (0,operators/* compareValues */.ck)(value, best) * sign > 0)
            best = value;
    }
    return best;
}
function readJson(text) {
    if (text.trim() === '')
        return null;
    try {
        return (0,mapping_value/* valueOf */.RP)((0,json/* parseVerbatim */.ih)(text));
    }
    catch {
        throw (0,mapping_value/* wrongValue */.NT)('JSON', text);
    }
}

// EXTERNAL MODULE: ./build/lib/json-reader.js
var json_reader = __nccwpck_require__(4386);
// EXTERNAL MODULE: ./build/mapping/path.js
var mapping_path = __nccwpck_require__(6622);
// EXTERNAL MODULE: ./build/mapping/read-path.js
var read_path = __nccwpck_require__(9173);
;// CONCATENATED MODULE: ./build/mapping/functions/objects.js





function objectOf(value, expected = 'an object') {
    if (!(0,mapping_value/* isObjectValue */.Tc)(value))
        throw (0,mapping_value/* wrongValue */.NT)(expected, value);
    return value;
}
function pairsToObject(pairs) {
    if (pairs.length % 2 === 1)
        throw new fault/* ValueFault */.Qe('a value for each name', 'an odd number of arguments');
    const object = {};
    for (let at = 0; at < pairs.length; at += 2)
        putFirst(object, nameOf(pairs[at] ?? null), pairs[at + 1] ?? null);
    return object;
}
function nameOf(value) {
    if (value === null)
        throw new fault/* ValueFault */.Qe('a name', 'null');
    return (0,mapping_value/* textOf */.b6)(value);
}
function putFirst(object, name, value) {
    if (!Object.hasOwn(object, name))
        (0,json_reader/* setOwn */.P5)(object, name, value);
}
function listsToObjects(pairs) {
    if (pairs.length % 2 === 1)
        throw new fault/* ValueFault */.Qe('an array for each name', 'an odd number of arguments');
    const objects = [];
    for (let at = 0; at < pairs.length; at += 2) {
        const [name, list] = [nameOf(pairs[at] ?? null), pairs[at + 1] ?? null];
        if (list === null)
            continue;
        if (!(0,mapping_value/* isArrayValue */.D8)(list))
            throw (0,mapping_value/* wrongValue */.NT)('an array', list);
        list.forEach((item, index) => putFirst((objects[index] ??= {}), name, item));
    }
    return Array.from(objects, (object) => object ?? {});
}
function separatorOf(value, otherwise) {
    const given = value === undefined || value === null ? '' : (0,mapping_value/* textOf */.b6)(value);
    return given === '' ? otherwise : given;
}
function textToObject(text, { between, fields }) {
    const object = {};
    for (const part of text.split(fields)) {
        const at = part.indexOf(between);
        if (at !== -1)
            putFirst(object, part.slice(0, at).trim(), part.slice(at + between.length).trim());
    }
    return object;
}
function listToMap(list, attribute) {
    const [name, map] = [nameOf(attribute), {}];
    for (const item of list.map(mapping_value/* valueOf */.RP)) {
        const key = (0,mapping_value/* isObjectValue */.Tc)(item) ? (0,mapping_value/* memberOf */.C5)(item, name) : null;
        if (key !== null)
            putFirst(map, (0,mapping_value/* textOf */.b6)(key), item);
    }
    return map;
}
function toMap(args) {
    const [first = null, attribute] = args;
    if (args.length === 1)
        return first === null ? null : objectOf(first);
    if (args.length === 2 && (first === null || (0,mapping_value/* isArrayValue */.D8)(first))) {
        return first === null ? null : listToMap(first, attribute ?? null);
    }
    return pairsToObject(args);
}
function keysOf(keys) {
    if (keys === null)
        return [];
    return (0,mapping_value/* isArrayValue */.D8)(keys) ? keys.map((key) => (0,mapping_value/* textOf */.b6)((0,mapping_value/* valueOf */.RP)(key))) : [(0,mapping_value/* textOf */.b6)(keys)];
}
function valuesAt(map, keys) {
    if (map === null || keys === null)
        return null;
    const object = objectOf(map, 'a map');
    if (!(0,mapping_value/* isArrayValue */.D8)(keys))
        return (0,mapping_value/* memberOf */.C5)(object, (0,mapping_value/* textOf */.b6)(keys));
    return keysOf(keys).flatMap((key) => (Object.hasOwn(object, key) ? [(0,json_reader/* ownValue */.eC)(object, key)] : []));
}
function nameAt(place) {
    return (args) => args.map((arg, at) => {
        const isName = at === place && arg.kind === 'path' && arg.path.whole !== undefined;
        return isName ? { kind: 'literal', value: arg.path.whole ?? '', at: arg.at } : arg;
    });
}
function textAsPath([arg, ...others]) {
    if (arg?.kind !== 'literal' || typeof arg.value !== 'string')
        return arg === undefined ? [] : [arg, ...others];
    const path = { steps: (0,mapping_path/* readSteps */.I$)(arg.value, arg.at), whole: (0,mapping_path/* unescapeName */.E6)(arg.value) };
    return [{ kind: 'path', path, at: arg.at }, ...others];
}
const OBJECT_FUNCTIONS = {
    is_empty: {
        signature: 'is_empty(x)',
        line: 'Whether it is null or empty: a string, an array or an object.',
        examples: [
            ['is_empty([])', 'true'],
            ['is_empty(0)', 'false'],
        ],
        least: 1,
        most: 1,
        returns: 'boolean',
        call: (value = null) => (0,mapping_value/* isEmptyValue */.Po)(value),
    },
    to_object: {
        signature: 'to_object(name, value, \u2026)',
        line: 'An object with these members. The first of a repeated name wins.',
        examples: [['to_object("firstName", "John", "lastName", "Doe")', '{"firstName":"John","lastName":"Doe"}']],
        least: 2,
        most: Infinity,
        returns: 'object',
        call: (...pairs) => pairsToObject(pairs),
    },
    arrays_to_objects: {
        signature: 'arrays_to_objects(name, array, \u2026)',
        aliases: ['arrays_to_object'],
        line: 'An array of objects: the first takes the first element of each array, and so on.',
        examples: [
            [
                "arrays_to_objects('sku', explode(\"id1|id2\", '\\\\|'), 'price', [22.5, 14.35])",
                '[{"sku":"id1","price":22.5},{"sku":"id2","price":14.35}]',
            ],
        ],
        least: 2,
        most: Infinity,
        returns: 'array',
        call: (...pairs) => listsToObjects(pairs),
    },
    str_to_object: {
        signature: 'str_to_object(s, between=":", fields=",")',
        line: 'An object from a string of names and values.',
        examples: [
            ['str_to_object("firstName - John , lastName - Doe", "-", ",")', '{"firstName":"John","lastName":"Doe"}'],
        ],
        least: 1,
        most: 3,
        returns: 'object',
        call: (value = null, between, fields) => value === null
            ? null
            : textToObject((0,mapping_value/* textOf */.b6)(value), { between: separatorOf(between, ':'), fields: separatorOf(fields, ',') }),
    },
    get_values: {
        signature: 'get_values(s, name, between, fields=",")',
        line: 'One value from a string of names and values.',
        examples: [['get_values("firstName - John , lastName - Doe", "firstName", "-", ",")', '"John"']],
        least: 3,
        most: 4,
        returns: 'text',
        call: (value = null, name = null, between, fields) => {
            if (value === null || name === null)
                return null;
            const separators = { between: separatorOf(between, ':'), fields: separatorOf(fields, ',') };
            return (0,mapping_value/* memberOf */.C5)(textToObject((0,mapping_value/* textOf */.b6)(value), separators), (0,mapping_value/* textOf */.b6)(name));
        },
    },
    contains_key: {
        signature: 'contains_key(path)',
        aliases: ['is_set'],
        line: 'Whether the row has this field, even if it is null. A CSV row has all columns.',
        examples: [['contains_key("address.city")', 'false']],
        least: 1,
        most: 1,
        returns: 'boolean',
        isImpure: true,
        rewrite: textAsPath,
        form: ([arg], { hasColumn }) => {
            if (arg?.kind !== 'path')
                return () => false;
            const { path } = arg;
            const isColumn = path.whole !== undefined && hasColumn(path.whole);
            return ({ row }) => isColumn || (0,read_path/* pathExists */.s0)(row, path);
        },
    },
    nullify: {
        signature: 'nullify()',
        line: 'Null.',
        examples: [['nullify()', 'null']],
        least: 0,
        most: 0,
        returns: 'any',
        call: () => null,
    },
    get_keys: {
        signature: 'get_keys(object)',
        line: 'The names of the members, in order.',
        examples: [['get_keys({"book1": "Pride and Prejudice", "book2": "1984"})', '["book1","book2"]']],
        least: 1,
        most: 1,
        returns: 'array',
        call: (value = null) => (value === null ? null : Object.keys(objectOf(value))),
    },
    map_get_values: {
        signature: 'map_get_values(map, key)',
        line: 'The value of a key; for an array of keys, the array of the values found.',
        examples: [['map_get_values({"author": "A. Writer", "price": 17.99}, "author")', '"A. Writer"']],
        least: 2,
        most: 2,
        returns: 'any',
        call: (map = null, keys = null) => valuesAt(map, keys),
    },
    map_has_keys: {
        signature: 'map_has_keys(map, key)',
        line: 'Whether the map has the key, or one of an array of keys.',
        examples: [['map_has_keys({"author": "A. Writer"}, ["price", "author"])', 'true']],
        least: 2,
        most: 2,
        returns: 'boolean',
        call: (map = null, keys = null) => map !== null && keysOf(keys).some((key) => Object.hasOwn(objectOf(map, 'a map'), key)),
    },
    add_to_map: {
        signature: 'add_to_map(map, map, \u2026)',
        line: 'Merges maps. The first of a repeated key wins; null maps are skipped.',
        examples: [['add_to_map({"a": 1}, {"a": 2, "b": 3})', '{"a":1,"b":3}']],
        least: 2,
        most: Infinity,
        returns: 'object',
        call: (...maps) => {
            const merged = {};
            for (const map of maps) {
                if (map === null)
                    continue;
                for (const [key, value] of Object.entries(objectOf(map, 'a map')))
                    putFirst(merged, key, value);
            }
            return merged;
        },
    },
    object_to_map: {
        signature: 'object_to_map(object) \u00b7 (array, name) \u00b7 (name, value, \u2026)',
        line: 'A map: an object as it is, the elements of an array by one of their members, or these members.',
        examples: [
            ['object_to_map("firstName", "John", "lastName", "Doe")', '{"firstName":"John","lastName":"Doe"}'],
            ['object_to_map([{"type": "home", "city": "Lyon"}], type)', '{"home":{"type":"home","city":"Lyon"}}'],
        ],
        least: 1,
        most: Infinity,
        returns: 'object',
        rewrite: (args) => (args.length === 2 ? nameAt(1)(args) : args),
        call: (...args) => toMap(args),
    },
    array_to_map: {
        signature: 'array_to_map(array, name)',
        line: 'The elements of an array, by one of their members. The first of a repeated key wins.',
        examples: [['array_to_map([{"type": "home", "city": "Lyon"}], "type")', '{"home":{"type":"home","city":"Lyon"}}']],
        least: 2,
        most: 2,
        returns: 'object',
        rewrite: nameAt(1),
        call: (list = null, name = null) => {
            if (list === null)
                return null;
            if (!(0,mapping_value/* isArrayValue */.D8)(list))
                throw (0,mapping_value/* wrongValue */.NT)('an array', list);
            return listToMap(list, name);
        },
    },
    to_map: {
        signature: 'to_map(name, value, \u2026)',
        line: 'A map with these members. The first of a repeated name wins.',
        examples: [['to_map("firstName", "John", "lastName", "Doe")', '{"firstName":"John","lastName":"Doe"}']],
        least: 2,
        most: Infinity,
        returns: 'object',
        call: (...pairs) => pairsToObject(pairs),
    },
};

// EXTERNAL MODULE: ./build/mapping/functions/refused.js
var refused = __nccwpck_require__(3867);
// EXTERNAL MODULE: ./build/mapping/functions/function.js
var functions_function = __nccwpck_require__(5915);
// EXTERNAL MODULE: ./build/mapping/functions/regex.js
var functions_regex = __nccwpck_require__(4160);
;// CONCATENATED MODULE: ./build/mapping/functions/text.js




function ofText(call) {
    return (value = null, ...args) => (value === null ? null : call((0,mapping_value/* textOf */.b6)(value), ...args));
}
const whenRegex = (at) => (args) => {
    const pattern = args[at];
    if (typeof pattern === 'string')
        (0,functions_regex/* compileRegex */.D)(pattern);
};
const lower = ofText((text) => text.toLowerCase());
const upper = ofText((text) => text.toUpperCase());
const TEXT_FUNCTIONS = {
    concat: {
        signature: 'concat(s, \u2026)',
        line: 'Joins strings. Null counts as an empty string; if all are null, the result is null.',
        examples: [
            ['concat("Hi, ", "there", "!")', '"Hi, there!"'],
            ['concat("n=", 20.0)', '"n=20.0"'],
        ],
        least: 1,
        most: Infinity,
        returns: 'text',
        callIn: (scope, ...parts) => {
            let text = '';
            let nulls = 0;
            for (const part of parts) {
                if (part === null)
                    nulls++;
                else
                    text += (0,mapping_value/* textOf */.b6)(part);
            }
            if (nulls > 0)
                scope.seen |= functions_function/* SEEN */.G.emptyPart;
            return nulls === parts.length ? null : text;
        },
    },
    explode: {
        signature: 'explode(s, regex=",")',
        line: 'Splits a string by a regular expression. Empty parts at the end are dropped.',
        examples: [
            ['explode("id1|id2", \'\\\\|\')', '["id1","id2"]'],
            ['explode("a,b,,")', '["a","b"]'],
        ],
        least: 1,
        most: 2,
        returns: 'array',
        isSlow: true,
        checkLiterals: whenRegex(1),
        call: ofText((text, regex = ',') => splitByRegex(text, (0,mapping_value/* textOf */.b6)(regex ?? ','))),
    },
    split: {
        signature: 'split(s, characters)',
        line: 'Splits a string at each of these characters. Empty parts are dropped.',
        examples: [
            ['split("Hello world", " ")', '["Hello","world"]'],
            ['split("a,b;c", ",;")', '["a","b","c"]'],
        ],
        least: 2,
        most: 2,
        returns: 'array',
        call: ofText((text, characters = null) => splitAtAny(text, characters === null ? ' \t\n\r\f' : (0,mapping_value/* textOf */.b6)(characters))),
    },
    join: {
        signature: 'join(separator, array)',
        line: 'Joins the elements of an array, or several values. Null counts as an empty string.',
        examples: [['join(" ", to_array(true, "Hello", "world"))', '"Hello world"']],
        least: 2,
        most: Infinity,
        returns: 'text',
        call: (separator = null, ...parts) => joinTexts(separator, parts),
    },
    instr: {
        signature: 'instr(s, part, start=0, occurrence=1)',
        line: 'The position of a part, counted from 0; -1 if it is missing.',
        examples: [
            ['instr("adobe.com", "com")', '6'],
            ['instr("abcabc", "b", 2)', '4'],
        ],
        least: 2,
        most: 4,
        returns: 'number',
        call: ofText((text, part = null, start = 0, nth = 1) => {
            if (part === null)
                return null;
            return placeOf(text, (0,mapping_value/* textOf */.b6)(part), { start: (0,mapping_value/* countOf */.pq)(start), nth: (0,mapping_value/* countOf */.pq)(nth) });
        }),
    },
    replacestr: {
        signature: 'replacestr(s, find, replacement)',
        line: 'Replaces every occurrence of a string, taken literally.',
        examples: [['replacestr("a.b.c", ".", "-")', '"a-b-c"']],
        least: 3,
        most: 3,
        returns: 'text',
        call: ofText((text, find = null, by = null) => {
            const sought = find === null ? '' : (0,mapping_value/* textOf */.b6)(find);
            return sought === '' ? text : text.replaceAll(sought, () => (by === null ? '' : (0,mapping_value/* textOf */.b6)(by)));
        }),
    },
    substr: {
        signature: 'substr(s, start, length)',
        line: 'Part of a string, counted from 0.',
        examples: [
            ['substr("This is a substring test", 7, 8)', '" a subst"'],
            ['substr("abc", 1, 10)', '"bc"'],
        ],
        least: 3,
        most: 3,
        returns: 'text',
        call: ofText((text, start = null, length = null) => {
            const [from, size] = [(0,mapping_value/* countOf */.pq)(start), (0,mapping_value/* countOf */.pq)(length)];
            if (from < 0 || size < 0)
                throw new fault/* ValueFault */.Qe('a start and a length of 0 or more', 'a negative number');
            return text.slice(from, from + size);
        }),
    },
    lower: {
        signature: 'lower(s)',
        aliases: ['lcase'],
        line: 'Lower case.',
        examples: [['lower("HeLLo")', '"hello"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: lower,
    },
    upper: {
        signature: 'upper(s)',
        aliases: ['ucase'],
        line: 'Upper case.',
        examples: [['upper("HeLLo")', '"HELLO"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: upper,
    },
    lpad: {
        signature: 'lpad(s, length, padding)',
        line: 'Pads on the left. Never shortens.',
        examples: [['lpad("bat", 8, "yz")', '"yzyzybat"']],
        least: 3,
        most: 3,
        returns: 'text',
        call: ofText((text, length = null, padding = null) => paddingOf(text, length, padding) + text),
    },
    rpad: {
        signature: 'rpad(s, length, padding)',
        line: 'Pads on the right. Never shortens.',
        examples: [['rpad("bat", 8, "yz")', '"batyzyzy"']],
        least: 3,
        most: 3,
        returns: 'text',
        call: ofText((text, length = null, padding = null) => text + paddingOf(text, length, padding)),
    },
    left: {
        signature: 'left(s, length)',
        line: 'The first characters.',
        examples: [['left("abcde", 2)', '"ab"']],
        least: 2,
        most: 2,
        returns: 'text',
        call: ofText((text, length = null) => text.slice(0, Math.max(0, (0,mapping_value/* countOf */.pq)(length)))),
    },
    right: {
        signature: 'right(s, length)',
        line: 'The last characters.',
        examples: [['right("abcde", 2)', '"de"']],
        least: 2,
        most: 2,
        returns: 'text',
        call: ofText((text, length = null) => text.slice(Math.max(0, text.length - Math.max(0, (0,mapping_value/* countOf */.pq)(length))))),
    },
    ltrim: {
        signature: 'ltrim(s)',
        line: 'Removes whitespace at the start.',
        examples: [['ltrim(" hello ")', '"hello "']],
        least: 1,
        most: 1,
        returns: 'text',
        call: ofText((text) => text.trimStart()),
    },
    rtrim: {
        signature: 'rtrim(s)',
        line: 'Removes whitespace at the end.',
        examples: [['rtrim(" hello ")', '" hello"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: ofText((text) => text.trimEnd()),
    },
    trim: {
        signature: 'trim(s)',
        line: 'Removes whitespace at both ends.',
        examples: [['trim(" hello ")', '"hello"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: ofText((text) => text.trim()),
    },
    extract_regex: {
        signature: 'extract_regex(s, regex)',
        line: 'The first match and its groups, as an array; null without a match.',
        examples: [['extract_regex("E259,E259B_009,1_1", "([^,]+),[^,]*,([^,]+)")', '["E259,E259B_009,1_1","E259","1_1"]']],
        least: 2,
        most: 2,
        returns: 'array',
        isSlow: true,
        checkLiterals: whenRegex(1),
        call: ofText((text, regex = null) => firstMatch(text, regex)),
    },
    matches_regex: {
        signature: 'matches_regex(s, regex)',
        line: 'Whether the whole string matches a regular expression.',
        examples: [
            ['matches_regex("E259,E259B_009,1_1", "([^,]+),[^,]*,([^,]+)")', 'true'],
            ['matches_regex("abc", "b")', 'false'],
        ],
        least: 2,
        most: 2,
        returns: 'boolean',
        isSlow: true,
        checkLiterals: whenRegex(1),
        call: ofText((text, regex = null) => (0,functions_regex/* compileRegex */.D)((0,mapping_value/* textOf */.b6)(regex)).whole.test(text)),
    },
};
function splitByRegex(text, pattern) {
    if (LITERAL.test(pattern))
        return text === '' ? [text] : withoutLastEmpty(text.split(pattern));
    const { global } = (0,functions_regex/* compileRegex */.D)(pattern);
    const parts = [];
    let from = 0;
    global.lastIndex = 0;
    for (const match of text.matchAll(global)) {
        if (match[0] === '' && (match.index === 0 || match.index === text.length))
            continue;
        parts.push(text.slice(from, match.index));
        from = match.index + match[0].length;
    }
    if (from === 0 && parts.length === 0)
        return [text];
    parts.push(text.slice(from));
    return withoutLastEmpty(parts);
}
const LITERAL = /^[\w ,;:/@=&<>#%~!"'-]+$/;
function withoutLastEmpty(parts) {
    let end = parts.length;
    while (parts[end - 1] === '')
        end--;
    return end === parts.length ? parts : parts.slice(0, end);
}
function splitAtAny(text, characters) {
    const marks = new Set(characters);
    const parts = [];
    let part = '';
    for (const sign of text) {
        if (!marks.has(sign))
            part += sign;
        else if (part !== '') {
            parts.push(part);
            part = '';
        }
    }
    return part === '' ? parts : [...parts, part];
}
function joinTexts(separator, parts) {
    const [first = null, ...others] = parts;
    if (others.length === 0 && first === null)
        return null;
    const items = others.length === 0 && (0,mapping_value/* isArrayValue */.D8)(first) ? first.map(mapping_value/* valueOf */.RP) : parts;
    return items.map((item) => (item === null ? '' : (0,mapping_value/* textOf */.b6)(item))).join(separator === null ? '' : (0,mapping_value/* textOf */.b6)(separator));
}
function placeOf(text, part, { start, nth }) {
    let at = text.indexOf(part, start);
    for (let found = 1; found < nth && at !== -1; found++)
        at = at === text.length ? -1 : text.indexOf(part, at + 1);
    return at;
}
const LONGEST_PADDED = 1_000_000;
function paddingOf(text, length, padding) {
    const [size, given] = [(0,mapping_value/* countOf */.pq)(length), padding === null ? '' : (0,mapping_value/* textOf */.b6)(padding)];
    if (size > LONGEST_PADDED)
        throw (0,mapping_value/* wrongValue */.NT)(`a length of at most ${LONGEST_PADDED}`, length);
    return ''.padStart(size - text.length, given === '' ? ' ' : given);
}
function firstMatch(text, regex) {
    const { global } = (0,functions_regex/* compileRegex */.D)((0,mapping_value/* textOf */.b6)(regex));
    global.lastIndex = 0;
    const match = global.exec(text);
    return match === null ? null : Array.from(match, (group) => group ?? null);
}

;// CONCATENATED MODULE: ./build/mapping/functions/urls.js



const URL_PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const AUTHORITY = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d{1,5})?)?$/;
function readUrl(text) {
    const [whole, scheme = '', authority, path = '', query, fragment] = URL_PARTS.exec(text) ?? [];
    if (whole === undefined || /\s/.test(text))
        return undefined;
    const [found, host = '', port] = AUTHORITY.exec(authority ?? '') ?? [];
    if (found === undefined)
        return undefined;
    return { scheme, host: host === '' ? undefined : host, port: readPort(port), path, query, fragment };
}
function readPort(port) {
    return port === undefined ? undefined : Number(port);
}
const PORTS = new Map([
    ['http', 80],
    ['https', 443],
    ['ftp', 21],
    ['sftp', 22],
]);
function ofUrl(read) {
    return (value = null, ...args) => {
        const url = value === null ? undefined : readUrl((0,mapping_value/* textOf */.b6)(value));
        return url === undefined ? null : read(url, ...args);
    };
}
function anchorOf(value) {
    const word = value === null ? '' : (0,mapping_value/* textOf */.b6)(value);
    if (word !== 'retain' && word !== 'remove' && word !== 'append') {
        throw new fault/* ValueFault */.Qe('"retain", "remove" or "append"', 'something else');
    }
    return word;
}
function queryOf({ query, fragment }, anchor) {
    const found = {};
    const text = anchor === 'retain' && fragment !== undefined ? `${query ?? ''}#${fragment}` : (query ?? '');
    for (const part of text === '' ? [] : text.split('&')) {
        const sign = part.indexOf('=');
        if (sign === -1)
            (0,json_reader/* setOwn */.P5)(found, part, '');
        else
            (0,json_reader/* setOwn */.P5)(found, part.slice(0, sign), part.slice(sign + 1));
    }
    if (anchor === 'append' && fragment !== undefined)
        (0,json_reader/* setOwn */.P5)(found, '_anchor_', fragment);
    return found;
}
function percentEncode(text) {
    return encodeURIComponent(text.toWellFormed()).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
function percentDecode(text) {
    try {
        return decodeURIComponent(text.replaceAll('+', ' '));
    }
    catch {
        throw new fault/* ValueFault */.Qe('percent-encoded text', 'a "%" without two hexadecimal digits, or bytes that are not UTF-8');
    }
}
const URL_FUNCTIONS = {
    get_url_protocol: {
        signature: 'get_url_protocol(url)',
        line: 'The scheme of a URL; null if it is not a URL.',
        examples: [['get_url_protocol("https://platform.adobe.com/home")', '"https"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: ofUrl(({ scheme }) => scheme),
    },
    get_url_host: {
        signature: 'get_url_host(url)',
        line: 'The host of a URL, without user and port.',
        examples: [['get_url_host("https://platform.adobe.com/home")', '"platform.adobe.com"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: ofUrl(({ host }) => host ?? null),
    },
    get_url_port: {
        signature: 'get_url_port(url)',
        line: 'The port of a URL, or the default port of http, https, ftp and sftp.',
        examples: [
            ['get_url_port("sftp://example.com//home/joe/employee.csv")', '22'],
            ['get_url_port("foo://example.com:8042/over/there")', '8042'],
        ],
        least: 1,
        most: 1,
        returns: 'number',
        call: ofUrl(({ scheme, port }) => port ?? PORTS.get(scheme.toLowerCase()) ?? null),
    },
    get_url_path: {
        signature: 'get_url_path(url, full=true)',
        line: 'The path of a URL; with false, the part after the last slash.',
        examples: [
            ['get_url_path("sftp://example.com//home/joe/employee.csv")', '"//home/joe/employee.csv"'],
            ['get_url_path("sftp://example.com//home/joe/employee.csv", false)', '"employee.csv"'],
        ],
        least: 1,
        most: 2,
        returns: 'text',
        call: ofUrl(({ path }, full = true) => ((0,mapping_value/* isTrue */.Hn)(full) ? path : path.slice(path.lastIndexOf('/') + 1))),
    },
    get_url_query_str: {
        signature: 'get_url_query_str(url, anchor)',
        line: 'The query parameters as an object. For the fragment: "retain" leaves it on the last value, "remove" drops it, "append" adds it as "_anchor_".',
        examples: [
            ['get_url_query_str("foo://example.com:8042/over/there?name=ferret#nose", "retain")', '{"name":"ferret#nose"}'],
            [
                'get_url_query_str("foo://example.com:8042/over/there?name=ferret#nose", "append")',
                '{"name":"ferret","_anchor_":"nose"}',
            ],
        ],
        least: 2,
        most: 2,
        returns: 'object',
        checkLiterals: ([, anchor]) => void (anchor === undefined || anchorOf(anchor)),
        call: ofUrl((url, anchor = null) => queryOf(url, anchorOf(anchor))),
    },
    get_url_encoded: {
        signature: 'get_url_encoded(s)',
        line: 'Percent-encodes everything but letters, digits, "-", "_" and ".".',
        examples: [['get_url_encoded("a b/c")', '"a%20b%2Fc"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: (value = null) => (value === null ? null : percentEncode((0,mapping_value/* textOf */.b6)(value))),
    },
    get_url_decoded: {
        signature: 'get_url_decoded(s)',
        line: 'Decodes percent-encoded text. "+" is a space.',
        examples: [['get_url_decoded("a%20b+c")', '"a b c"']],
        least: 1,
        most: 1,
        returns: 'text',
        call: (value = null) => (value === null ? null : percentDecode((0,mapping_value/* textOf */.b6)(value))),
    },
};

;// CONCATENATED MODULE: ./build/mapping/functions/table.js








const GROUPS = [
    ['Strings', TEXT_FUNCTIONS],
    ['Hashes', HASH_FUNCTIONS],
    ['URLs', URL_FUNCTIONS],
    ['Dates', dates/* DATE_FUNCTIONS */.z],
    ['Objects and maps', OBJECT_FUNCTIONS],
    ['Lists', lists/* LIST_FUNCTIONS */.f],
    ['Logic, numbers and others', LOGIC_FUNCTIONS],
];
const FUNCTIONS = new Map(GROUPS.flatMap(([, functions]) => Object.entries(functions).flatMap(([name, one]) => [name, ...(one.aliases ?? [])].map((word) => [word, one]))));
const FUNCTION_NAMES = new Map(GROUPS.flatMap(([, functions]) => Object.entries(functions).flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((word) => [word, name]))));
function documentedFunctions() {
    return GROUPS.flatMap(([group, functions]) => Object.entries(functions).map(([name, { aliases = [], signature, line, examples }]) => {
        return { group, name, aliases, signature, line, examples };
    }));
}
function refusedFunctions() {
    return Array.from(REFUSED_FUNCTIONS, ([name, reason]) => ({ name, reason }));
}


/***/ }),

/***/ 308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  uI: () => (/* binding */ Mapper),
  Co: () => (/* binding */ needsRowNumbers),
  Pe: () => (/* binding */ recordText)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/formats/csv/records.js
var records = __nccwpck_require__(5698);
// EXTERNAL MODULE: ./build/lib/json-pointer.js
var json_pointer = __nccwpck_require__(8908);
// EXTERNAL MODULE: ./build/lib/json-reader.js
var json_reader = __nccwpck_require__(4386);
// EXTERNAL MODULE: ./build/schema/json.js
var json = __nccwpck_require__(1106);
// EXTERNAL MODULE: ./build/mapping/convert.js
var mapping_convert = __nccwpck_require__(5886);
// EXTERNAL MODULE: ./build/mapping/counts.js
var mapping_counts = __nccwpck_require__(8765);
// EXTERNAL MODULE: ./build/mapping/expression/evaluate.js
var expression_evaluate = __nccwpck_require__(2745);
// EXTERNAL MODULE: ./build/mapping/fault.js
var mapping_fault = __nccwpck_require__(9965);
// EXTERNAL MODULE: ./build/mapping/functions/function.js
var functions_function = __nccwpck_require__(5915);
// EXTERNAL MODULE: ./build/mapping/path.js
var path = __nccwpck_require__(6622);
// EXTERNAL MODULE: ./build/mapping/read-path.js
var read_path = __nccwpck_require__(9173);
// EXTERNAL MODULE: ./build/mapping/target-tree.js
var target_tree = __nccwpck_require__(8165);
// EXTERNAL MODULE: ./build/mapping/value.js
var mapping_value = __nccwpck_require__(9572);
;// CONCATENATED MODULE: ./build/mapping/build.js










function recordBuilder(entries, columns) {
    const numbered = entries.map((entry, at) => ({ entry, target: entry.target, at }));
    const build = nodeBuilder((0,target_tree/* targetTree */.C)(numbered), { columns, level: 0 });
    return (scope) => {
        const record = build(scope, undefined);
        return (0,mapping_value/* isObjectValue */.Tc)(record) ? withIdentities(record) : {};
    };
}
function nodeBuilder(node, context) {
    const own = node.own === undefined ? undefined : leafBuilder(node.own, context);
    if (node.names.size > 0)
        return objectBuilder(own, node, context);
    if (node.items.size > 0 || node.every !== undefined)
        return arrayBuilder(own, node, context);
    return own ?? (() => undefined);
}
function leafBuilder({ entry, at }, { columns }) {
    const evaluate = (0,expression_evaluate/* compileExpression */.W)(entry.checked.expression, { ...columns, place: entry.target.text });
    const convert = (0,mapping_convert/* converterOf */.Ue)(entry.target.field);
    const [first, watchesParts] = [at * mapping_counts/* COUNTERS */.cT, entry.isIdentity && entry.checked.joins];
    return (scope) => {
        const { counts, progress } = scope;
        progress[0] = entry.number;
        scope.seen = 0;
        try {
            const value = convert(evaluate(scope), scope);
            countOne(counts, first + (value === undefined ? mapping_counts/* COUNT */.i2.nulls : mapping_counts/* COUNT */.i2.values));
            if (scope.seen !== 0)
                countSeen(scope, first, watchesParts && value !== undefined);
            return value;
        }
        catch (error) {
            const fault = (0,mapping_fault/* valueFaultOf */.BF)(error);
            countOne(counts, first + mapping_counts/* COUNT */.i2.errors);
            const failure = { entry, indexes: [...scope.indexes], fault };
            if (scope.failures === undefined)
                scope.failures = [failure];
            else
                scope.failures.push(failure);
            return undefined;
        }
    };
}
function countOne(counts, at) {
    counts[at] = (counts[at] ?? 0) + 1;
}
function countSeen({ seen, counts }, first, watchesParts) {
    if ((seen & functions_function/* SEEN */.G.ambiguousDate) !== 0)
        countOne(counts, first + mapping_counts/* COUNT */.i2.ambiguousDates);
    if (watchesParts && (seen & functions_function/* SEEN */.G.emptyPart) !== 0)
        countOne(counts, first + mapping_counts/* COUNT */.i2.emptyParts);
}
function objectBuilder(own, { names }, context) {
    const members = Array.from(names, ([name, node]) => ({ name, build: nodeBuilder(node, context) }));
    return (scope, base) => {
        const start = own === undefined ? base : own(scope, undefined);
        if ((0,mapping_value/* isObjectValue */.Tc)(start))
            return buildUpon(start, members, scope);
        let object;
        for (const { name, build } of members) {
            const value = build(scope, undefined);
            if (value !== undefined)
                (0,json_reader/* setOwn */.P5)((object ??= {}), name, value);
        }
        return object;
    };
}
function buildUpon(start, members, scope) {
    const object = { ...start };
    for (const { name, build } of members) {
        const value = build(scope, (0,json_reader/* ownValue */.eC)(object, name));
        if (value !== undefined)
            (0,json_reader/* setOwn */.P5)(object, name, value);
        else
            Reflect.deleteProperty(object, name);
    }
    return hasMembers(object) ? object : undefined;
}
function hasMembers(object) {
    for (const name in object)
        if (Object.hasOwn(object, name))
            return true;
    return false;
}
function arrayBuilder(own, node, context) {
    const every = node.every === undefined ? undefined : everyBuilder(node.every, context);
    const items = new Map([...node.items].toSorted(([a], [b]) => a - b).map(([index, item]) => [index, nodeBuilder(item, context)]));
    return (scope, base) => {
        const start = own === undefined ? base : own(scope, undefined);
        const given = (0,mapping_value/* isArrayValue */.D8)(start) ? start : [];
        const length = Math.max(given.length, every?.count(scope) ?? 0);
        const kept = [];
        const places = [];
        const keep = (at, item) => {
            if (item === undefined)
                return;
            kept.push(item);
            places.push(at);
        };
        for (let at = 0; at < length; at++) {
            const shared = every === undefined ? given[at] : every.build(scope, at, given[at]);
            keep(at, (items.get(at) ?? unchanged)(scope, shared));
        }
        for (const [at, build] of items)
            if (at >= length)
                keep(at, build(scope, undefined));
        if (places.at(-1) !== places.length - 1)
            scope.moves?.set(kept, places);
        return kept.length === 0 ? undefined : kept;
    };
}
const unchanged = (_, base) => base;
function everyBuilder(node, { columns, level }) {
    const build = nodeBuilder(node, { columns, level: level + 1 });
    const counters = (0,target_tree/* entriesUnder */.X)(node).map((entry) => elementCounter(entry, { columns, level }));
    return {
        count: (scope) => {
            let most = 0;
            for (const count of counters)
                most = Math.max(most, count(scope));
            return most;
        },
        build: (scope, at, base) => {
            scope.indexes[level] = at;
            const value = build(scope, base);
            scope.indexes.length = level;
            return value;
        },
    };
}
function elementCounter({ entry, at }, { columns, level }) {
    const { expression } = entry.checked;
    const steps = expression.kind === 'path' ? expression.path.steps : [];
    const end = steps.findIndex((step, place) => step.kind === 'every' && (0,path/* countEvery */.js)(steps.slice(0, place)) === level);
    const read = (0,read_path/* pathReader */.nT)({ steps: steps.slice(0, end), whole: undefined }, columns);
    return (scope) => {
        try {
            const value = read(scope.row, scope.indexes);
            if (value === null || value === '')
                return 0;
            if (!(0,mapping_value/* isArrayValue */.D8)(value))
                throw (0,mapping_value/* wrongValue */.NT)('an array', value);
            return value.length;
        }
        catch (error) {
            const fault = (0,mapping_fault/* valueFaultOf */.BF)(error);
            countOne(scope.counts, at * mapping_counts/* COUNTERS */.cT + mapping_counts/* COUNT */.i2.errors);
            scope.failures ??= [];
            scope.failures.push({ entry, indexes: [...scope.indexes], fault });
            return 0;
        }
    };
}
function withIdentities(record) {
    const { identityMap } = record;
    if (!(0,mapping_value/* isObjectValue */.Tc)(identityMap))
        return record;
    const namespaces = Object.entries(identityMap).map(([name, list]) => [name, withoutEmpty(list)]);
    if (namespaces.every(([name, list]) => list === (0,json_reader/* ownValue */.eC)(identityMap, name)))
        return record;
    const kept = namespaces.filter(([, list]) => !(0,mapping_value/* isArrayValue */.D8)(list) || list.length > 0);
    const { identityMap: _, ...others } = record;
    return kept.length === 0 ? others : { ...others, identityMap: Object.fromEntries(kept) };
}
function withoutEmpty(list) {
    if (!(0,mapping_value/* isArrayValue */.D8)(list) || list.every(isIdentified))
        return list;
    return list.filter(isIdentified);
}
function isIdentified(identity) {
    if (!(0,mapping_value/* isObjectValue */.Tc)(identity))
        return true;
    const id = (0,json_reader/* ownValue */.eC)(identity, 'id');
    return id !== undefined && id !== '';
}

// EXTERNAL MODULE: ./build/mapping/columns.js
var mapping_columns = __nccwpck_require__(1318);
// EXTERNAL MODULE: ./build/mapping/expression/syntax.js
var syntax = __nccwpck_require__(3713);
;// CONCATENATED MODULE: ./build/mapping/origin.js





const TREES = new WeakMap();
function treeOf(mapping) {
    const tree = TREES.get(mapping) ?? (0,target_tree/* targetTree */.C)(mapping.entries);
    TREES.set(mapping, tree);
    return tree;
}
function originOf({ mapping, columns, row, record, moves }, at) {
    if (at === '')
        return undefined;
    let node = treeOf(mapping);
    const indexes = [];
    let found;
    const names = originalNames(at, record, moves);
    for (const [depth, name] of names.entries()) {
        const next = stepInto(node, name, indexes);
        if (next?.own !== undefined)
            found = { entry: next.own, rest: names.slice(depth + 1) };
        node = next;
        if (node === undefined)
            break;
    }
    const below = node === undefined || found !== undefined ? undefined : (0,target_tree/* entriesUnder */.X)(node).find(readsColumns);
    const entry = found?.entry ?? below;
    if (entry === undefined)
        return undefined;
    const source = sourcePointer(entry, { row, columns, indexes });
    const isCopy = entry.checked.expression.kind === 'path' && found !== undefined;
    return {
        mapping: entry.number,
        columns: source.columns,
        at: isCopy ? source.at + (0,json_pointer/* pointer */.W)(found?.rest ?? []) : source.at,
    };
}
function readsColumns({ checked }) {
    return checked.reads.length > 0;
}
function originalNames(at, record, moves) {
    let value = record;
    return (0,json_pointer/* pointerSegments */.c)(at).map((name) => {
        const inside = value;
        if ((0,mapping_value/* isArrayValue */.D8)(inside)) {
            value = inside[Number(name)];
            return String(moves.get(inside)?.[Number(name)] ?? name);
        }
        value = (0,mapping_value/* isObjectValue */.Tc)(inside) ? (0,json_reader/* ownValue */.eC)(inside, name) : undefined;
        return name;
    });
}
function stepInto(node, name, indexes) {
    if (node === undefined)
        return undefined;
    const named = node.names.get(name);
    if (named !== undefined || !/^\d+$/.test(name))
        return named;
    const item = node.items.get(Number(name));
    if (item !== undefined || node.every === undefined)
        return item;
    indexes.push(Number(name));
    return node.every;
}
function sourcePointer({ checked }, reading) {
    const columns = checked.reads.map(({ path }) => (0,mapping_columns/* columnOf */.uV)(path, reading.columns) ?? rootOf(path, reading.row));
    const [first] = checked.reads;
    return { columns: [...new Set(columns)], at: first === undefined ? '' : pointerOf(first.path, reading) };
}
function rootOf({ steps, whole }, row) {
    if (whole !== undefined && Object.hasOwn(row, whole))
        return whole;
    const [first] = steps;
    return first?.kind === 'name' ? first.name : '';
}
function pointerOf(path, { row, columns, indexes }) {
    const whole = path.whole === undefined ? undefined : columns.keyOf(path.whole);
    if (whole !== undefined && (Object.hasOwn(row, whole) || columns.hasColumn(whole)))
        return (0,json_pointer/* pointer */.W)([whole]);
    let level = 0;
    return (0,json_pointer/* pointer */.W)(path.steps.map((step, depth) => {
        if (step.kind === 'name')
            return depth === 0 ? columns.keyOf(step.name) : step.name;
        return step.kind === 'every' ? (indexes[level++] ?? 0) : step.index;
    }));
}

// EXTERNAL MODULE: ./build/mapping/required.js
var required = __nccwpck_require__(2628);
;// CONCATENATED MODULE: ./build/mapping/mapper.js












const NO_FAULTS = [];
class Mapper {
    counts;
    #mapping;
    #columns;
    #build;
    #scope;
    #header;
    #row;
    #place = { row: 0, sha256: () => '' };
    constructor(mapping, setting) {
        this.#mapping = mapping;
        this.#header = setting.header ?? [];
        this.#columns = (0,mapping_columns/* columnLookup */.Ji)(setting.header);
        this.counts = new Float64Array(mapping.entries.length * mapping_counts/* COUNTERS */.cT);
        this.#build = recordBuilder(mapping.entries, this.#columns);
        const { nowMs, remoteName, progress = new Int32Array(1) } = setting;
        const rowAtHand = () => this.#rowAtHand();
        this.#scope = {
            get row() {
                return rowAtHand();
            },
            cells: undefined,
            nowMs,
            uuid: (at) => uuidOf(remoteName, this.#place, at),
            indexes: [],
            seen: 0,
            isLossless: false,
            moves: undefined,
            failures: undefined,
            counts: this.counts,
            progress,
        };
    }
    map(row, place) {
        this.#row = row;
        return this.#mapRow(undefined, place);
    }
    mapCells(cells, place) {
        this.#row = undefined;
        return this.#mapRow(cells, place);
    }
    #mapRow(cells, place) {
        const scope = this.#scope;
        this.#begin(cells, place);
        scope.moves = undefined;
        const record = this.#build(scope);
        scope.progress[0] = 0;
        const { failures, isLossless } = scope;
        const faults = failures === undefined ? NO_FAULTS : failures.map((failure) => this.#faultOf(failure, record));
        return { record, faults, isLossless };
    }
    originOf(row, place, at) {
        const scope = this.#scope;
        const counts = this.counts.slice();
        this.#row = row;
        this.#begin(undefined, place);
        scope.moves = new WeakMap();
        const record = this.#build(scope);
        this.counts.set(counts);
        scope.progress[0] = 0;
        return originOf({ mapping: this.#mapping, columns: this.#columns, row, record, moves: scope.moves }, at);
    }
    #begin(cells, place) {
        const scope = this.#scope;
        scope.cells = cells;
        scope.failures = undefined;
        scope.isLossless = false;
        scope.indexes.length = 0;
        this.#place = place;
    }
    #rowAtHand() {
        this.#row ??= (0,records/* rowOfCells */.Z3)(this.#header, this.#scope.cells ?? []);
        return this.#row;
    }
    #faultOf({ entry, indexes, fault }, record) {
        const { number, target } = entry;
        const source = sourcePointer(entry, { row: this.#rowAtHand(), columns: this.#columns, indexes });
        const necessity = (0,required/* necessityOf */.x)(this.#mapping.schema.root, target.steps);
        const isRejected = necessity === 'rejected' || (necessity === 'parent' && hasParent(record, entry, indexes));
        return {
            mapping: number,
            column: source.columns[0],
            at: source.at,
            path: targetPointer(entry, indexes),
            expected: fault.expected,
            received: fault.received,
            fate: isRejected ? 'rejected' : 'changed',
        };
    }
}
function needsRowNumbers({ entries }) {
    return entries.some(({ checked }) => callsUuid(checked.expression));
}
function callsUuid(node) {
    return (node.kind === 'call' && node.name === 'uuid') || (0,syntax/* childrenOf */.L)(node).some(callsUuid);
}
function hasParent(record, { target }, indexes) {
    let value = record;
    let level = 0;
    for (const step of target.steps.slice(0, -1)) {
        if (step.kind === 'name')
            value = (0,mapping_value/* isObjectValue */.Tc)(value) ? (0,json_reader/* ownValue */.eC)(value, step.name) : undefined;
        else {
            const index = step.kind === 'every' ? (indexes[level++] ?? 0) : step.index;
            value = Array.isArray(value) ? (value[index] ?? value.at(-1)) : undefined;
        }
    }
    return (0,mapping_value/* isObjectValue */.Tc)(value);
}
function targetPointer({ target }, indexes) {
    let level = 0;
    const segments = target.steps.map((step) => {
        if (step.kind === 'name')
            return step.name;
        return step.kind === 'every' ? (indexes[level++] ?? 0) : step.index;
    });
    return (0,json_pointer/* pointer */.W)(segments);
}
function uuidOf(remoteName, { row, sha256 }, place) {
    const bytes = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([remoteName, row, sha256(), place]))
        .digest()
        .subarray(0, 16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
function recordText({ record, isLossless }) {
    if (!isLossless)
        return JSON.stringify(record);
    return JSON.stringify(record, (_, value) => (value instanceof json/* LosslessNumber */._J ? rawJson(value.text) : value));
}
const rawJson = JSON.rawJSON;


/***/ }),

/***/ 6622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ readSourcePath),
/* harmony export */   E6: () => (/* binding */ unescapeName),
/* harmony export */   I$: () => (/* binding */ readSteps),
/* harmony export */   L$: () => (/* binding */ escapeName),
/* harmony export */   LF: () => (/* binding */ pathText),
/* harmony export */   R7: () => (/* binding */ readTargetPath),
/* harmony export */   js: () => (/* binding */ countEvery)
/* harmony export */ });
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9965);

function readSourcePath(text) {
    const start = text.length - text.trimStart().length;
    const trimmed = text.trim();
    const isWrapped = /^\$\{[^}]*\}$/.test(trimmed);
    const inner = isWrapped ? trimmed.slice(2, -1) : text;
    const steps = readSteps(inner, isWrapped ? start + 2 : 0);
    return { steps, whole: unescapeName(inner) };
}
function readTargetPath(text) {
    return readSteps(text, 0);
}
function readSteps(text, offset) {
    const steps = [];
    let at = 0;
    for (;;) {
        const end = readName({ text, offset, steps }, at);
        at = readIndexes({ text, offset, steps }, end);
        if (at === text.length)
            return steps;
        if (text[at] !== '.')
            throw new _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .PlacedFault */ .M9('syntax', offset + at, 'expected "." or "[" after "]"');
        at++;
    }
}
function readName({ text, offset, steps }, start) {
    let at = start;
    if (text.startsWith('${', at)) {
        const end = text.indexOf('}', at);
        if (end === -1)
            throw new _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .PlacedFault */ .M9('syntax', offset + at, '"${" is not closed by "}"');
        steps.push(...readSteps(text.slice(at + 2, end), offset + at + 2));
        return end + 1;
    }
    while (at < text.length && text[at] !== '.' && !INDEX.test(text.slice(at, at + LONGEST_INDEX))) {
        at += text[at] === '\\' ? 2 : 1;
    }
    if (at === start)
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .PlacedFault */ .M9('syntax', offset + at, 'expected a name');
    if (at > text.length)
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .PlacedFault */ .M9('syntax', offset + text.length - 1, 'nothing follows the backslash');
    steps.push({ kind: 'name', name: unescapeName(text.slice(start, at)), at: offset + start });
    return at;
}
const INDEX = /^\[(?:\d+|\*|-\d+|\?[^\]]*)?\]/;
const LONGEST_INDEX = 80;
function readIndexes({ text, offset, steps }, start) {
    let at = start;
    for (let match = indexAt(text, at); match !== null; match = indexAt(text, at)) {
        steps.push(indexStep(match[0], offset + at));
        at += match[0].length;
    }
    return at;
}
function indexAt(text, at) {
    return INDEX.exec(text.slice(at, at + LONGEST_INDEX));
}
function indexStep(brackets, at) {
    const inside = brackets.slice(1, -1);
    if (inside === '*')
        return { kind: 'every', at };
    if (inside.startsWith('?'))
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .PlacedFault */ .M9('refused', at, 'filters in paths are not supported: use [0] or [*]');
    if (!/^\d{1,9}$/.test(inside))
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_0__/* .PlacedFault */ .M9('syntax', at, 'expected an element from 0 on, or "*"');
    return { kind: 'index', index: Number(inside), at };
}
function unescapeName(text) {
    return text.replace(/\\([\s\S])/g, '$1');
}
function pathText(steps) {
    let text = '';
    for (const step of steps) {
        if (step.kind === 'name')
            text += `${text === '' ? '' : '.'}${escapeName(step.name)}`;
        else
            text += step.kind === 'every' ? '[*]' : `[${step.index}]`;
    }
    return text;
}
function escapeName(name) {
    return name.replace(/[\\.]/g, '\\$&').replace(/\[(?=\?|(?:-?\d+|\*)?\])/g, '\\[');
}
function countEvery(steps) {
    return steps.filter(({ kind }) => kind === 'every').length;
}


/***/ }),

/***/ 8351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  v: () => (/* binding */ compilePlan),
  j: () => (/* binding */ tryPlan)
});

// EXTERNAL MODULE: ./build/schema/compile.js
var compile = __nccwpck_require__(9039);
// EXTERNAL MODULE: ./build/mapping/convert.js
var convert = __nccwpck_require__(5886);
// EXTERNAL MODULE: ./build/mapping/expression/check.js
var check = __nccwpck_require__(4816);
// EXTERNAL MODULE: ./build/mapping/expression/evaluate.js
var evaluate = __nccwpck_require__(2745);
// EXTERNAL MODULE: ./build/mapping/fault.js
var fault = __nccwpck_require__(9965);
// EXTERNAL MODULE: ./build/mapping/path.js
var path = __nccwpck_require__(6622);
// EXTERNAL MODULE: ./build/mapping/value.js
var value = __nccwpck_require__(9572);
;// CONCATENATED MODULE: ./build/mapping/expression/tokens.js



const SIGNS = ('&& || ?? ?: ?. == != =~ !~ =^ !^ =$ !$ <= >= -> => .. += -= *= /= %= &= |= ^= ' +
    '( ) [ ] { } , . : ? ; + - * / % < > & | ^ ~ ! = ` # @').split(' ');
const SPACES = /(?:\s+|\/\/[^\r\n]*|##[^\r\n]*|\/\*[\s\S]*?\*\/)+/y;
const NAME = /[\p{L}$_](?:[\p{L}\p{Nd}$_]|\\\.)*/uy;
const NUMBER = /0[xX][0-9a-fA-F]+[lLhH]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[lLhHfFdDbB]?/y;
function tokensOf(text) {
    const tokens = [];
    for (let at = afterSpaces(text, 0); at < text.length;) {
        const token = tokenAt(text, at, tokens.at(-1));
        tokens.push(token);
        at = afterSpaces(text, at + token.text.length);
    }
    return [...tokens, { kind: 'end', text: '', at: text.length }];
}
function afterSpaces(text, at) {
    return at + (matchAt(SPACES, text, at)?.length ?? 0);
}
function matchAt(expression, text, at) {
    expression.lastIndex = at;
    return expression.exec(text)?.[0];
}
function tokenAt(text, at, last) {
    const first = text[at] ?? '';
    if (first === '"' || first === "'")
        return stringAt(text, at);
    if (text.startsWith('${', at))
        return wrappedAt(text, at);
    if (/\d/.test(first))
        return numberAt(text, at);
    const name = matchAt(NAME, text, at);
    if (name !== undefined)
        return { kind: 'name', text: name, at };
    return signAt(text, at, last);
}
function signAt(text, at, last) {
    const followsOperand = last !== undefined && (last.kind !== 'sign' || /^[)\]}]$/.test(last.text));
    const isNegation = text[at] === '!' && !followsOperand;
    const isAssignment = text.startsWith('=${', at);
    const sign = isNegation || isAssignment ? text[at] : SIGNS.find((one) => text.startsWith(one, at));
    if (sign === undefined) {
        if (text.startsWith('/*', at))
            throw new fault/* PlacedFault */.M9('syntax', at, 'the comment is not closed by "*/"');
        throw new fault/* PlacedFault */.M9('syntax', at, `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`);
    }
    return { kind: 'sign', text: sign, at };
}
function wrappedAt(text, at) {
    const end = text.indexOf('}', at);
    if (end === -1)
        throw new fault/* PlacedFault */.M9('syntax', at, '"${" is not closed by "}"');
    return { kind: 'wrapped', text: text.slice(at, end + 1), at };
}
function stringAt(text, at) {
    const quote = text[at] ?? '';
    let end = at + 1;
    while (end < text.length && text[end] !== quote && !isLineEnd(text[end]))
        end += text[end] === '\\' ? 2 : 1;
    if (text[end] !== quote)
        throw new fault/* PlacedFault */.M9('syntax', at, 'the string is not closed');
    const inner = text.slice(at + 1, end);
    const value = inner.replace(ESCAPE, (escape, sign) => unescapeSign(escape, sign, quote));
    const escape = inner.match(ESCAPE)?.find((one) => /^\\[ntrbf]$/.test(one));
    return { kind: 'literal', value, text: text.slice(at, end + 1), escape, at };
}
const ESCAPE = /\\(u[0-9a-fA-F]{4}|[\s\S])/g;
const CONTROLS = new Map([
    ['n', '\n'],
    ['t', '\t'],
    ['r', '\r'],
    ['b', '\b'],
    ['f', '\f'],
    ['\\', '\\'],
]);
function unescapeSign(escape, sign, quote) {
    if (sign.length > 1)
        return String.fromCharCode(parseInt(sign.slice(1), 16));
    return sign === quote ? quote : (CONTROLS.get(sign) ?? escape);
}
function isLineEnd(sign) {
    return sign === '\n' || sign === '\r';
}
function numberAt(text, at) {
    const number = matchAt(NUMBER, text, at) ?? '';
    const next = matchAt(NAME, text, at + number.length);
    if (next !== undefined)
        throw new fault/* PlacedFault */.M9('syntax', at, `a name cannot begin with a digit: write \${${number}${next}}`);
    return { kind: 'literal', value: numberValue(number, at), text: number, at };
}
function numberValue(text, at) {
    if (/^0x/i.test(text))
        return (0,value/* wholeOf */.l2)(BigInt(text.replace(/[lh]$/i, '')));
    const digits = text.replace(/[lhfdb]$/i, '');
    if (/[.eE]/.test(digits) || /[fdb]$/i.test(text))
        return (0,value/* decimalOf */.Bc)(Number(digits));
    if (!/^0\d/.test(digits))
        return (0,value/* wholeOf */.l2)(BigInt(digits));
    if (/[89]/.test(digits))
        throw new fault/* PlacedFault */.M9('syntax', at, 'a number that begins with 0 is octal, and has no 8 or 9');
    return (0,value/* wholeOf */.l2)(BigInt(`0o${digits.slice(1)}`));
}
function nameText(token) {
    return (0,path/* unescapeName */.E6)(token.text);
}

;// CONCATENATED MODULE: ./build/mapping/expression/parse.js



const MOST_CHARACTERS = 4096;
const MOST_LEVELS = 100;
const MOST_IN_ROW = 600;
function parseExpression(text) {
    if (text.length > MOST_CHARACTERS) {
        const message = `an expression has at most ${MOST_CHARACTERS} characters, this one has ${text.length}`;
        throw new fault/* PlacedFault */.M9('syntax', MOST_CHARACTERS, message);
    }
    return new Parser(tokensOf(text)).parse();
}
const BINARY = new Map([
    [2, { '||': '||', or: '||' }],
    [3, { '&&': '&&', and: '&&' }],
    [4, { '|': '|' }],
    [5, { '^': '^' }],
    [6, { '&': '&' }],
    [7, { '==': '==', eq: '==', '!=': '!=', ne: '!=' }],
    [8, { '<': '<', lt: '<', '<=': '<=', le: '<=', '>': '>', gt: '>', '>=': '>=', ge: '>=' }],
    [8, { '=~': '=~', '!~': '!~', '=^': '=^', '!^': '!^', '=$': '=$', '!$': '!$' }],
    [9, { '+': '+', '-': '-' }],
    [10, { '*': '*', '/': '/', div: '/', '%': '%', mod: '%' }],
].flatMap(([level, operators]) => Object.entries(operators).map(([sign, operator]) => [sign, { operator, level }])));
const LOOSEST = 2;
const TIGHTEST = 10;
const CHAINLESS = new Set([7, 8]);
const UNARY = new Map([
    ['-', '-'],
    ['+', '+'],
    ['~', '~'],
    ['!', '!'],
    ['not', '!'],
    ['empty', 'empty'],
    ['size', 'size'],
]);
const CONSTANTS = new Map([
    ['true', true],
    ['false', false],
    ['null', null],
]);
const RESERVED = new Set(('new mod or break var lt for false while eq gt div not null continue else and ne true le if ge return _errors ' +
    'do function empty size').split(' '));
const STATEMENTS = new Set('new var if for while do return function break continue else'.split(' '));
const REFUSED_SIGNS = new Map([
    ['=', 'assignments ("=") are not supported: compare with "=="'],
    ['->', 'lambdas ("->") are not supported'],
    ['=>', 'lambdas ("=>") are not supported'],
    ['..', 'ranges ("..") are not supported'],
    [';', 'statements (";") are not supported: a source is one expression'],
    ['`', 'templates in back-quotes are not supported: use concat()'],
    ['#', 'pragmas ("#") are not supported'],
    ['@', 'annotations ("@") are not supported'],
    ...['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='].map((sign) => [sign, `assignments ("${sign}") are not supported`]),
]);
class Parser {
    #tokens;
    #next = 0;
    #depth = 0;
    constructor(tokens) {
        this.#tokens = tokens;
    }
    parse() {
        if (this.#isAtEnd())
            throw new fault/* PlacedFault */.M9('syntax', 0, 'the expression is empty');
        const node = this.#expression();
        if (!this.#isAtEnd())
            throw this.#unexpected();
        return node;
    }
    #isAtEnd() {
        return this.#peek.kind === 'end';
    }
    get #peek() {
        return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 };
    }
    #expression() {
        this.#deepen();
        const left = this.#binary(LOOSEST);
        const node = this.#choice(left);
        this.#depth--;
        return node;
    }
    #deepen() {
        if (++this.#depth > MOST_LEVELS) {
            throw new fault/* PlacedFault */.M9('syntax', this.#peek.at, `it is nested more than ${MOST_LEVELS} levels deep`);
        }
    }
    #limitRow(count, at) {
        if (count > MOST_IN_ROW)
            throw new fault/* PlacedFault */.M9('syntax', at, `more than ${MOST_IN_ROW} of them in a row`);
    }
    #choice(left) {
        const { at } = this.#peek;
        for (const operator of ['?:', '??']) {
            if (this.#take(operator))
                return { kind: 'binary', operator, left, right: this.#expression(), at };
        }
        if (!this.#take('?'))
            return left;
        const whenTrue = this.#expression();
        this.#expect(':');
        return { kind: 'conditional', test: left, whenTrue, whenFalse: this.#expression(), at };
    }
    #binary(level) {
        if (level > TIGHTEST)
            return this.#unary();
        let left = this.#binary(level + 1);
        for (let count = 0;; count++) {
            const found = this.#operatorAt(level);
            if (found === undefined)
                return left;
            const { at, text } = this.#peek;
            this.#limitRow(count, at);
            if (count > 0 && CHAINLESS.has(level)) {
                throw new fault/* PlacedFault */.M9('syntax', at, `comparisons do not chain: add brackets before "${text}"`);
            }
            this.#next++;
            left = { kind: 'binary', operator: found.operator, left, right: this.#binary(level + 1), at };
        }
    }
    #operatorAt(level) {
        const { kind, text } = this.#peek;
        const found = kind === 'sign' || kind === 'name' ? BINARY.get(text) : undefined;
        return found?.level === level ? found : undefined;
    }
    #unary() {
        const { kind, text, at } = this.#peek;
        const operator = kind === 'sign' || kind === 'name' ? UNARY.get(text) : undefined;
        if (operator === undefined)
            return this.#postfix();
        if (text === '~' && this.#tokens[this.#next + 1]?.text === '/') {
            throw new fault/* PlacedFault */.M9('refused', at, 'regular expressions between slashes are not supported: write them as strings');
        }
        this.#next++;
        if (kind === 'name' && this.#isEndOfOperand())
            throw reserved(text, at);
        this.#deepen();
        const operand = this.#unary();
        this.#depth--;
        return { kind: 'unary', operator, word: text, operand, at };
    }
    #isEndOfOperand() {
        const { kind, text } = this.#peek;
        return kind === 'end' || (kind === 'sign' && !/^[([{!~+-]$/.test(text)) || (kind === 'name' && BINARY.has(text));
    }
    #postfix() {
        let node = this.#primary();
        for (let count = 0;; count++) {
            const { at } = this.#peek;
            this.#limitRow(count, at);
            if (this.#take('.') || this.#take('?.'))
                node = this.#member(node, at);
            else if (this.#take('['))
                node = this.#index(node, at);
            else
                return node;
        }
    }
    #member(target, at) {
        const token = this.#peek;
        if (token.kind !== 'name' && token.kind !== 'wrapped')
            throw this.#unexpected('a name');
        this.#next++;
        const name = token.kind === 'name' ? nameText(token) : (0,path/* unescapeName */.E6)(token.text.slice(2, -1));
        if (token.kind === 'name' && this.#take('(')) {
            return { kind: 'method', target, name, args: this.#list(')'), at: token.at };
        }
        const step = { kind: 'name', name, at: token.at };
        return extendPath(target, step) ?? { kind: 'member', target, name, at };
    }
    #index(target, at) {
        if (this.#peek.text === '*') {
            throw new fault/* PlacedFault */.M9('refused', at, '"[*]" is not supported in an expression: map it as a plain path (ATTRIBUTE)');
        }
        const index = this.#expression();
        this.#expect(']');
        if (index.kind === 'unary' && index.operator === '-' && index.operand.kind === 'literal') {
            throw new fault/* PlacedFault */.M9('syntax', at, 'a negative index does not exist: elements are counted from 0');
        }
        const isPlace = index.kind === 'literal' && typeof index.value === 'number' && Number.isInteger(index.value);
        const extended = isPlace ? extendPath(target, { kind: 'index', index: index.value, at }) : undefined;
        return extended ?? { kind: 'index', target, index, at };
    }
    #primary() {
        const token = this.#peek;
        const { at } = token;
        if (token.kind === 'literal') {
            this.#next++;
            return { kind: 'literal', value: token.value, escape: token.escape, at };
        }
        if (token.kind === 'wrapped') {
            this.#next++;
            return { kind: 'path', path: wrappedPath(token), at };
        }
        if (token.kind === 'name')
            return this.#named(token);
        if (this.#take('('))
            return this.#bracketed();
        if (this.#take('['))
            return { kind: 'array', items: this.#list(']'), at };
        if (this.#take('{'))
            return { kind: 'map', entries: this.#entries(at), at };
        throw this.#unexpected('a value');
    }
    #bracketed() {
        const node = this.#expression();
        this.#expect(')');
        return node;
    }
    #named(token) {
        const { text, at } = token;
        this.#next++;
        if (CONSTANTS.has(text))
            return { kind: 'literal', value: CONSTANTS.get(text) ?? null, at };
        if (text === 'NaN')
            throw new fault/* PlacedFault */.M9('refused', at, '"NaN" is not supported');
        const isStatement = STATEMENTS.has(text) && !this.#isEndOfOperand();
        if (isStatement)
            throw new fault/* PlacedFault */.M9('refused', at, `"${text}" is not supported: a source is one expression`);
        if (RESERVED.has(text))
            throw reserved(text, at);
        if (this.#take('('))
            return { kind: 'call', name: text, args: this.#list(')'), at };
        const name = nameText(token);
        return { kind: 'path', path: { steps: [{ kind: 'name', name, at }], whole: name }, at };
    }
    #list(close) {
        if (this.#take(close))
            return [];
        const items = [];
        do
            items.push(this.#expression());
        while (this.#take(','));
        this.#expect(close);
        return items;
    }
    #entries(at) {
        if (this.#peek.text === '}')
            throw new fault/* PlacedFault */.M9('refused', at, 'sets ("{}") are not supported: an empty map is "{:}"');
        if (this.#take(':')) {
            this.#expect('}');
            return [];
        }
        const entries = [];
        do {
            const key = this.#expression();
            if (entries.length === 0 && /^[,}]$/.test(this.#peek.text)) {
                throw new fault/* PlacedFault */.M9('refused', at, 'sets ("{a, b}") are not supported: use an array ("[a, b]")');
            }
            this.#expect(':');
            entries.push({ key, value: this.#expression() });
        } while (this.#take(','));
        this.#expect('}');
        return entries;
    }
    #take(sign) {
        const { kind, text } = this.#peek;
        const isThere = kind === 'sign' && text === sign;
        if (isThere)
            this.#next++;
        return isThere;
    }
    #expect(sign) {
        if (!this.#take(sign))
            throw this.#unexpected(`"${sign}"`);
    }
    #unexpected(expected) {
        const { kind, text, at } = this.#peek;
        const refusal = kind === 'sign' ? REFUSED_SIGNS.get(text) : undefined;
        if (refusal !== undefined)
            return new fault/* PlacedFault */.M9('refused', at, refusal);
        const [name, bracket] = [this.#tokens[this.#next + 1], this.#tokens[this.#next + 2]];
        if (text === ':' && name?.kind === 'name' && bracket?.text === '(') {
            return new fault/* PlacedFault */.M9('refused', at, 'namespaces ("a:b()") are not supported');
        }
        const found = kind === 'end' ? 'the end of the expression' : JSON.stringify(text);
        const wanted = expected === undefined ? 'an operator or the end' : expected;
        return new fault/* PlacedFault */.M9('syntax', at, `expected ${wanted}, found ${found}`);
    }
}
function reserved(word, at) {
    return new fault/* PlacedFault */.M9('syntax', at, `"${word}" is a reserved word: write \${${word}} for a field of that name`);
}
function wrappedPath({ text, at }) {
    const inner = text.slice(2, -1);
    const steps = (0,path/* readSteps */.I$)(inner, at + 2);
    if (steps.some(({ kind }) => kind === 'every')) {
        throw new fault/* PlacedFault */.M9('refused', at, '"[*]" is not supported in an expression: map it as a plain path (ATTRIBUTE)');
    }
    return { steps, whole: (0,path/* unescapeName */.E6)(inner) };
}
function extendPath(target, step) {
    if (target.kind !== 'path')
        return undefined;
    const { steps, whole } = target.path;
    const longer = step.kind === 'name' && whole !== undefined ? `${whole}.${step.name}` : undefined;
    return { ...target, path: { steps: [...steps, step], whole: longer } };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/mapping/expression/syntax.js
var syntax = __nccwpck_require__(3713);
;// CONCATENATED MODULE: ./build/mapping/formula.js



function formulaOf(entries) {
    const lines = entries.map(({ target, checked }) => `${JSON.stringify(target.text)}=${(0,syntax/* canonicalText */.A)(checked.expression)}`);
    const text = ['mapping 1', ...lines.toSorted(lib_text/* compareBytes */.Xo)].join('\n');
    return { text, sha256: (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex') };
}

// EXTERNAL MODULE: ./build/mapping/required.js
var required = __nccwpck_require__(2628);
// EXTERNAL MODULE: ./build/mapping/target.js
var target = __nccwpck_require__(2636);
;// CONCATENATED MODULE: ./build/mapping/compile.js









function compileMapping(set, setting) {
    const compiled = set.entries.map((entry) => compileEntry(entry, setting));
    const entries = compiled.flatMap(({ entry }) => entry ?? []);
    const faults = [...compiled.flatMap((one) => one.faults), ...twinFaults(entries)];
    if (faults.length === 0)
        faults.push(...(0,required/* missingFaults */.y)(entries, setting));
    if (faults.length > 0)
        return { kind: 'faults', faults: [...faults, ...otherSchemaFault(set, setting, faults)] };
    const mapping = { entries, schema: setting.schema, formula: formulaOf(entries), id: set.id, version: set.version };
    return {
        kind: 'compiled',
        mapping,
        notes: [...otherSchemaNote(set, setting), ...compiled.flatMap((one) => one.notes)],
    };
}
function compileEntry(given, setting) {
    const about = { mapping: given.number, target: given.target };
    const faults = [];
    const fail = (text) => (fault) => {
        faults.push({ ...about, code: fault.code, message: fault.message, excerpt: { text, at: fault.at } });
    };
    const checked = readSource(given, setting, fail(given.source));
    const target = readTarget(given, setting, (fault) => faults.push({ ...about, ...fault }));
    if (checked === undefined || target === undefined)
        return { entry: undefined, faults, notes: [] };
    const entry = {
        number: given.number,
        kind: given.kind,
        source: given.source,
        target,
        checked,
        isIdentity: isIdentity(target, setting.schema),
    };
    if (faults.length === 0)
        faults.push(...fitFaults(entry).map((fault) => ({ ...about, ...fault })));
    return { entry, faults, notes: entryNotes(given, entry) };
}
function readSource(entry, { isUpsert }, fail) {
    try {
        const checked = (0,check/* checkExpression */.l4)(parseSource(entry), { isUpsert });
        checked.faults.forEach(fail);
        return checked;
    }
    catch (error) {
        if (!(error instanceof fault/* PlacedFault */.M9))
            throw error;
        fail(error);
        return undefined;
    }
}
function parseSource({ kind, source }) {
    if (kind === 'expression')
        return parseExpression(source);
    if (kind === 'attribute')
        return { kind: 'path', path: (0,path/* readSourcePath */.Dy)(source), at: 0 };
    const placeholder = (0,check/* findPlaceholder */.$e)(source);
    if (placeholder !== undefined)
        throw (0,check/* placeholderFault */.al)(placeholder, source.indexOf(placeholder));
    return { kind: 'literal', value: source, at: 0 };
}
function readTarget({ target: text }, { schema }, fail) {
    try {
        const found = (0,target/* findTarget */.FB)(schema.root, (0,target/* withoutPrefixes */.xj)((0,path/* readTargetPath */.R7)(text.trim())));
        if (!('message' in found))
            return found;
        fail({ code: 'target', message: found.message, excerpt: { text: text.trim(), at: found.at } });
    }
    catch (error) {
        if (!(error instanceof fault/* PlacedFault */.M9))
            throw error;
        fail({ code: error.code, message: error.message, excerpt: { text: text.trim(), at: error.at } });
    }
    return undefined;
}
function isIdentity({ steps }, { identities }) {
    const names = steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []));
    if (names[0] === 'identityMap')
        return true;
    const fields = [...identities.others, ...(identities.primary.kind === 'field' ? [identities.primary] : [])];
    return fields.some(({ path }) => path.length === names.length && path.every((name, at) => name === names[at]));
}
function fitFaults({ checked, target, kind }) {
    const { expression } = checked;
    const [here, there] = [everyIn(expression), (0,path/* countEvery */.js)(target.steps)];
    if (here !== there)
        return [{ code: 'refused', message: everyWords(here, there) }];
    if (!(0,convert/* mayFit */.$B)(checked.kind, target.field)) {
        const words = `the source is ${(0,convert/* kindWord */.dx)(checked.kind)}, and the target is ${fieldWord(target)}: it can never be converted`;
        return [{ code: 'type', message: words }];
    }
    return (0,check/* isConstant */.VO)(expression) ? constantFaults({ expression, target, kind }) : [];
}
function everyIn(expression) {
    return expression.kind === 'path' ? (0,path/* countEvery */.js)(expression.path.steps) : 0;
}
function everyWords(source, target) {
    return `"[*]": ${source} in the source, ${target} in the target; both need the same number`;
}
function fieldWord({ field: { kind } }) {
    return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
function constantFaults({ expression, target, kind }) {
    const tools = { keyOf: (name) => name, hasColumn: () => false, indexOf: () => -1, place: '' };
    try {
        const value = (0,evaluate/* constantValue */.y)((0,evaluate/* compileExpression */.W)(expression, tools));
        (0,convert/* converterOf */.Ue)(target.field)(value, { seen: 0, isLossless: false, moves: undefined });
        return [];
    }
    catch (error) {
        const { message } = (0,fault/* valueFaultOf */.BF)(error);
        const what = kind === 'static' ? 'the constant' : 'the expression';
        return [{ code: 'value', message: `${what} fails in every row: ${message}` }];
    }
}
function entryNotes(given, { checked, target }) {
    const about = { mapping: given.number, target: target.text };
    const notes = checked.notes.map((message) => ({ ...about, message }));
    if (/(?:^|\.)xdm:/.test(given.target))
        notes.push({ ...about, message: '"xdm:" in the target is ignored' });
    if (given.kind === 'static' && target.steps.some(isLaterElement)) {
        notes.push({ ...about, message: 'empty elements are left out: if an earlier one is empty, this constant moves up' });
    }
    return notes;
}
function isLaterElement(step) {
    return step.kind === 'index' && step.index > 0;
}
function twinFaults(entries) {
    const firsts = new Map();
    return entries.flatMap(({ number, target: { text } }) => {
        const first = firsts.get(text);
        firsts.set(text, first ?? number);
        if (first === undefined)
            return [];
        return [{ code: 'duplicate', message: `mapping ${first} has the same target`, mapping: number, target: text }];
    });
}
function isOfOther({ schemaId }, { schema }) {
    return schemaId !== undefined && schema.id !== '' && schemaId !== schema.id;
}
function otherSchemaFault(set, setting, faults) {
    if (!isOfOther(set, setting) || !faults.some(({ code }) => code === 'target'))
        return [];
    return [{ code: 'form', message: otherSchemaWords(set, setting) }];
}
function otherSchemaNote(set, setting) {
    if (!isOfOther(set, setting))
        return [];
    return [{ message: `${otherSchemaWords(set, setting)}; all targets exist in both` }];
}
function otherSchemaWords({ schemaId }, { schema }) {
    return `the set was made for schema ${JSON.stringify(schemaId)}, but the dataset uses schema ${JSON.stringify(schema.id)}`;
}

;// CONCATENATED MODULE: ./build/mapping/plan.js



function tryPlan({ set, schema, descriptors, ...setting }) {
    return compileMapping(set, { schema: (0,compile/* compileSchema */.F)(schema, descriptors), ...setting });
}
function compilePlan(plan) {
    const compiled = tryPlan(plan);
    if (compiled.kind === 'faults')
        throw (0,fault/* mappingProblem */.iQ)(plan.name, compiled.faults);
    return compiled.mapping;
}


/***/ }),

/***/ 9173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   PD: () => (/* binding */ columnIndex),
/* harmony export */   nT: () => (/* binding */ pathReader),
/* harmony export */   s0: () => (/* binding */ pathExists)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _expression_operators_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7465);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9965);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9572);




function columnIndex({ steps }, { indexOf }) {
    const [first] = steps;
    return first?.kind === 'name' && steps.length === 1 ? indexOf(first.name) : -1;
}
function pathReader({ steps, whole }, { keyOf }) {
    const [first, ...others] = steps;
    if (first?.kind !== 'name')
        return () => null;
    const key = keyOf(first.name);
    if (others.length === 0)
        return (row) => (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(row, key));
    const wholeKey = whole === undefined ? undefined : keyOf(whole);
    const levels = new Map(others.filter(({ kind }) => kind === 'every').map((step, level) => [step, level]));
    return (row, indexes) => {
        if (wholeKey !== undefined && Object.hasOwn(row, wholeKey))
            return (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(row, wholeKey));
        let value = (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(row, key));
        for (const step of others) {
            if (value === null)
                return null;
            value = stepInto(value, step, step.kind === 'every' ? (indexes[levels.get(step) ?? 0] ?? 0) : 0);
        }
        return value;
    };
}
function stepInto(value, step, index) {
    if (step.kind === 'name')
        return (0,_expression_operators_js__WEBPACK_IMPORTED_MODULE_1__/* .elementOf */ .MC)(value, step.name);
    if (!(0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isArrayValue */ .D8)(value))
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueFault */ .Qe('an array', (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectValue */ .Tc)(value) ? 'an object' : 'a single value');
    return (0,_expression_operators_js__WEBPACK_IMPORTED_MODULE_1__/* .elementOf */ .MC)(value, step.kind === 'every' ? index : step.index);
}
function pathExists(row, { steps, whole }) {
    if (whole !== undefined && Object.hasOwn(row, whole))
        return true;
    let value = row;
    for (const step of steps) {
        const key = step.kind === 'name' ? step.name : String(step.kind === 'index' ? step.index : 0);
        const isThere = ((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectValue */ .Tc)(value) || (0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .isArrayValue */ .D8)(value)) && Object.hasOwn(value, key);
        if (!isThere)
            return false;
        value = (0,_expression_operators_js__WEBPACK_IMPORTED_MODULE_1__/* .elementOf */ .MC)((0,_value_js__WEBPACK_IMPORTED_MODULE_3__/* .valueOf */ .RP)(value), step.kind === 'name' ? step.name : Number(key));
    }
    return true;
}


/***/ }),

/***/ 2628:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ necessityOf),
/* harmony export */   y: () => (/* binding */ missingFaults)
/* harmony export */ });
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6622);
/* harmony import */ var _target_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8165);


function missingFaults(entries, { schema, isForProfile }) {
    const tree = (0,_target_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .targetTree */ .C)(entries);
    const missing = missingIn(schema.root, tree, '');
    const identity = isForProfile ? missingIdentity(tree, schema) : undefined;
    const required = missing.map((path) => `no mapping fills the required field ${JSON.stringify(path)}`);
    const messages = identity === undefined ? required : [...required, identity];
    return messages.map((message) => ({ code: 'required', message }));
}
function missingIn(field, node, path) {
    if (node.own !== undefined)
        return [];
    switch (field.kind) {
        case 'object':
            return missingMembers(field, node, path);
        case 'map':
            return [...node.names].flatMap(([name, inner]) => missingIn(field.values, inner, joinPath(path, name)));
        case 'array': {
            const items = [...node.items].flatMap(([index, inner]) => missingIn(field.items, inner, `${path}[${index}]`));
            return node.every === undefined ? items : [...items, ...missingIn(field.items, node.every, `${path}[*]`)];
        }
        default:
            return [];
    }
}
function missingMembers(field, node, path) {
    const absent = [...field.required].filter((name) => !node.names.has(name) && field.fields.get(name)?.hasDefault !== true);
    const below = [...node.names].flatMap(([name, inner]) => {
        const member = field.fields.get(name);
        return member === undefined ? [] : missingIn(member, inner, joinPath(path, name));
    });
    return [...absent.map((name) => joinPath(path, name)), ...below];
}
function joinPath(path, name) {
    return path === '' ? (0,_path_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeName */ .L$)(name) : `${path}.${(0,_path_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeName */ .L$)(name)}`;
}
function missingIdentity(tree, { identities: { primary } }) {
    if (primary.kind === 'unknown')
        return undefined;
    const path = primary.kind === 'field' ? primary.path : ['identityMap'];
    if (isBuilt(tree, path))
        return undefined;
    return `no mapping fills the primary identity ${JSON.stringify(path.join('.'))}, which a dataset enabled for Profile needs`;
}
function isBuilt(tree, path) {
    let node = tree;
    for (const name of path) {
        node = node.names.get(name);
        if (node === undefined)
            return false;
        if (node.own !== undefined)
            return true;
    }
    return true;
}
function necessityOf(root, steps) {
    let field = root;
    let isChain = true;
    let isRequired = false;
    for (const step of steps) {
        isRequired = field?.kind === 'object' && step.kind === 'name' && isNeeded(field, step.name);
        isChain &&= isRequired;
        field = within(field, step);
    }
    if (!isRequired)
        return 'optional';
    return isChain ? 'rejected' : 'parent';
}
function isNeeded({ required, fields }, name) {
    return required.has(name) && fields.get(name)?.hasDefault !== true;
}
function within(field, step) {
    if (field?.kind === 'object')
        return step.kind === 'name' ? field.fields.get(step.name) : undefined;
    if (field?.kind === 'map')
        return field.values;
    return field?.kind === 'array' ? field.items : undefined;
}


/***/ }),

/***/ 8165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ targetTree),
/* harmony export */   X: () => (/* binding */ entriesUnder)
/* harmony export */ });
function targetTree(entries) {
    const root = emptyNode();
    for (const entry of entries) {
        let node = root;
        for (const step of entry.target.steps)
            node = childOf(node, step);
        node.own = entry;
    }
    return root;
}
function emptyNode() {
    return { own: undefined, names: new Map(), items: new Map(), every: undefined };
}
function childOf(node, step) {
    if (step.kind === 'every')
        return (node.every ??= emptyNode());
    return step.kind === 'name' ? childIn(node.names, step.name) : childIn(node.items, step.index);
}
function childIn(children, key) {
    const child = children.get(key) ?? emptyNode();
    children.set(key, child);
    return child;
}
function entriesUnder(node) {
    const below = [...node.names.values(), ...node.items.values(), ...(node.every === undefined ? [] : [node.every])];
    const own = node.own === undefined ? [] : [node.own];
    return [...own, ...below.flatMap(entriesUnder)];
}


/***/ }),

/***/ 2636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ leafPaths),
/* harmony export */   FB: () => (/* binding */ findTarget),
/* harmony export */   xj: () => (/* binding */ withoutPrefixes)
/* harmony export */ });
/* harmony import */ var _lib_similar_names_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9292);
/* harmony import */ var _schema_field_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2318);
/* harmony import */ var _path_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6622);



function withoutPrefixes(steps) {
    return steps.map((step) => (step.kind === 'name' ? { ...step, name: step.name.replace(/^xdm:/, '') } : step));
}
function findTarget(root, steps) {
    let field = root;
    for (const [depth, step] of steps.entries()) {
        const next = fieldAt(field, step);
        if (next === undefined)
            return { at: step.at, message: unknownStep(root, steps.slice(0, depth + 1), field) };
        field = next;
    }
    return { steps, text: (0,_path_js__WEBPACK_IMPORTED_MODULE_1__/* .pathText */ .LF)(steps), field };
}
function fieldAt(field, step) {
    switch (field.kind) {
        case 'object':
            if (step.kind !== 'name')
                return undefined;
            return field.fields.get(step.name) ?? (field.isOpen ? _schema_field_js__WEBPACK_IMPORTED_MODULE_0__/* .ANY */ .x4 : undefined);
        case 'map':
            return step.kind === 'name' ? field.values : undefined;
        case 'array':
            return step.kind === 'name' ? undefined : field.items;
        case 'any':
            return _schema_field_js__WEBPACK_IMPORTED_MODULE_0__/* .ANY */ .x4;
        default:
            return undefined;
    }
}
function unknownStep(root, steps, field) {
    const step = steps.at(-1);
    const inside = steps.length === 1 ? 'the schema' : `"${(0,_path_js__WEBPACK_IMPORTED_MODULE_1__/* .pathText */ .LF)(steps.slice(0, -1))}"`;
    if (step === undefined)
        return 'a target needs a name';
    if (step.kind !== 'name')
        return `${inside} is not an array in the schema: remove the brackets`;
    if (field.kind === 'array')
        return `${inside} is an array: add [0] for one element or [*] for all`;
    if (field.kind !== 'object')
        return `${inside} has no fields in the schema`;
    const nearest = nearestPath(root, steps, field);
    const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
    return `the schema does not define "${(0,_path_js__WEBPACK_IMPORTED_MODULE_1__/* .pathText */ .LF)(steps)}"${hint}`;
}
function nearestPath(root, steps, { fields }) {
    const step = steps.at(-1);
    if (step?.kind !== 'name')
        return undefined;
    const beside = (0,_lib_similar_names_js__WEBPACK_IMPORTED_MODULE_2__/* .nearestName */ .q)(step.name, [...fields.keys()]);
    if (beside !== undefined)
        return (0,_path_js__WEBPACK_IMPORTED_MODULE_1__/* .pathText */ .LF)([...steps.slice(0, -1), { ...step, name: beside }]);
    const { name } = step;
    const elsewhere = leafPaths(root).find(({ path }) => path.at(-1)?.toLowerCase() === name.toLowerCase());
    return elsewhere?.text;
}
const MOST_LEAVES = 20_000;
const DEEPEST_LEAF = 8;
const LEAVES = new WeakMap();
function leafPaths(root) {
    const known = LEAVES.get(root);
    if (known !== undefined)
        return known;
    const leaves = [];
    let level = [{ path: [], text: '', field: root }];
    for (let depth = 0; depth < DEEPEST_LEAF && level.length > 0 && leaves.length < MOST_LEAVES; depth++) {
        const below = level.flatMap(fieldsBelow);
        leaves.push(...below.filter(({ field }) => isLeaf(field)));
        level = below.filter(({ field }) => !isLeaf(field));
    }
    LEAVES.set(root, leaves);
    return leaves;
}
function fieldsBelow({ path, text, field }) {
    if (field.kind === 'array')
        return fieldsBelow({ path, text: `${text}[0]`, field: field.items });
    if (field.kind !== 'object')
        return [];
    return Array.from(field.fields, ([name, inner]) => {
        const step = (0,_path_js__WEBPACK_IMPORTED_MODULE_1__/* .pathText */ .LF)([{ kind: 'name', name, at: 0 }]);
        return { path: [...path, name], text: text === '' ? step : `${text}.${step}`, field: inner };
    });
}
function isLeaf(field) {
    return field.kind === 'array' ? isLeaf(field.items) : field.kind !== 'object' && field.kind !== 'map';
}


/***/ }),

/***/ 9572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ decimalOf),
/* harmony export */   C5: () => (/* binding */ memberOf),
/* harmony export */   D8: () => (/* binding */ isArrayValue),
/* harmony export */   Hn: () => (/* binding */ isTrue),
/* harmony export */   Iu: () => (/* binding */ numberOfValue),
/* harmony export */   NT: () => (/* binding */ wrongValue),
/* harmony export */   Po: () => (/* binding */ isEmptyValue),
/* harmony export */   RP: () => (/* binding */ valueOf),
/* harmony export */   Tc: () => (/* binding */ isObjectValue),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   bZ: () => (/* binding */ isNumberValue),
/* harmony export */   jd: () => (/* binding */ numericOf),
/* harmony export */   kz: () => (/* binding */ readNumber),
/* harmony export */   l2: () => (/* binding */ wholeOf),
/* harmony export */   oD: () => (/* binding */ readWhole),
/* harmony export */   pq: () => (/* binding */ countOf),
/* harmony export */   rV: () => (/* binding */ WholeDouble)
/* harmony export */ });
/* harmony import */ var _formats_parquet_exact_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9287);
/* harmony import */ var _formats_parquet_values_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7772);
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4386);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1106);
/* harmony import */ var _schema_walk_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5521);
/* harmony import */ var _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5079);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9965);







function valueOf(raw) {
    if (typeof raw === 'string' || typeof raw === 'boolean')
        return raw;
    if (typeof raw === 'number')
        return mustBeFinite(raw);
    if (raw === null || raw === undefined)
        return null;
    if (typeof raw === 'bigint')
        return wholeOf(raw);
    if (typeof raw !== 'object')
        return null;
    if (raw instanceof Date)
        return momentOfDate(raw);
    if (raw instanceof _formats_parquet_exact_js__WEBPACK_IMPORTED_MODULE_0__/* .ExactValue */ .$Z)
        return valueOfExact(raw);
    if (ArrayBuffer.isView(raw))
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_6__/* .ValueFault */ .Qe('a string', 'binary data');
    return raw;
}
class WholeDouble extends _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J {
}
function valueOfExact({ kind, text }) {
    if (kind === 'moment')
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_6__/* .ValueFault */ .Qe('a date', 'a date out of range');
    return kind === 'double' ? new WholeDouble(text) : new _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J(text);
}
function mustBeFinite(number) {
    if (Number.isFinite(number))
        return number;
    throw new _fault_js__WEBPACK_IMPORTED_MODULE_6__/* .ValueFault */ .Qe('a finite number', 'NaN or an infinite number');
}
function momentOfDate(date) {
    const epochMs = date.getTime();
    if (Number.isNaN(epochMs))
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_6__/* .ValueFault */ .Qe('a date', 'a date out of range');
    const { second, nano } = (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .momentOfEpoch */ .lo)(epochMs);
    const below = date instanceof _formats_parquet_exact_js__WEBPACK_IMPORTED_MODULE_0__/* .PreciseDate */ .GB ? date.nanoseconds : 0;
    return new _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .Moment */ ["do"]({ second, nano: nano + below, offset: 0, isDay: date instanceof _formats_parquet_values_js__WEBPACK_IMPORTED_MODULE_1__/* .CalendarDay */ .P8 });
}
function isObjectValue(value) {
    return (typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J) &&
        !(value instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .Moment */ ["do"]) &&
        !(value instanceof Date) &&
        !(value instanceof _formats_parquet_exact_js__WEBPACK_IMPORTED_MODULE_0__/* .ExactValue */ .$Z) &&
        !ArrayBuffer.isView(value));
}
function isArrayValue(value) {
    return Array.isArray(value);
}
function memberOf(object, name) {
    return valueOf((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .ownValue */ .eC)(object, name));
}
function wrongValue(expected, value) {
    return new _fault_js__WEBPACK_IMPORTED_MODULE_6__/* .ValueFault */ .Qe(expected, describeValue(value));
}
function describeValue(value) {
    if (value instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .Moment */ ["do"])
        return 'a date';
    return typeof value === 'string' && value !== '' ? (0,_schema_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .describeShape */ .vJ)(value, 'a string', false) : (0,_schema_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .typeName */ .go)(value);
}
function wholeOf(whole) {
    const number = Number(whole);
    return Number.isSafeInteger(number) ? number : new _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J(String(whole));
}
function decimalOf(decimal) {
    if (!Number.isFinite(decimal))
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_6__/* .ValueFault */ .Qe('a finite number', 'a number that is too large, or none');
    return Number.isInteger(decimal) ? new _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J(javaDecimal(decimal)) : decimal;
}
function isNumberValue(value) {
    return typeof value === 'number' || value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J;
}
function numericOf(value) {
    if (typeof value === 'number')
        return Number.isInteger(value) ? { whole: BigInt(value) } : { decimal: value };
    return value.isInteger ? { whole: BigInt(value.text) } : { decimal: value.nearest };
}
function numberOfValue(value) {
    if (isNumberValue(value))
        return value;
    const number = typeof value === 'string' ? (value === '' ? 0 : readNumber(value)) : undefined;
    if (number === undefined)
        throw wrongValue('a number', value);
    return number;
}
const NUMBER = /^\s*([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,6}))?\s*$/;
function readNumber(text) {
    const match = NUMBER.exec(text);
    if (match === null)
        return undefined;
    const [, sign = '', digits = '', exponent] = match;
    if (exponent === undefined && !digits.includes('.')) {
        const number = Number(`${sign}${digits}`);
        return Number.isSafeInteger(number)
            ? number
            : new _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J(String(BigInt(`${sign === '-' ? sign : ''}${digits}`)));
    }
    const decimal = Number(text);
    if (!Number.isFinite(decimal))
        return undefined;
    return Number.isInteger(decimal) ? new _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J(javaDecimal(decimal)) : decimal;
}
function readWhole(text) {
    if (SHORT_WHOLE.test(text))
        return Number(text);
    const [whole, sign, digits = '', exponent = '0'] = NUMBER.exec(text) ?? [];
    if (whole === undefined)
        return undefined;
    const [integer, fraction] = digits.split('.');
    const minus = sign === '-' ? '-' : '';
    return new _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J(`${minus}${integer || '0'}.${fraction || '0'}e${exponent}`).exact;
}
const SHORT_WHOLE = /^-?\d{1,15}$/;
function countOf(value) {
    const number = numberOfValue(value);
    const exact = typeof number === 'number' ? number : number.nearest;
    if (!Number.isInteger(exact))
        throw wrongValue('a whole number', value);
    return exact;
}
function textOf(value) {
    if (typeof value === 'string')
        return value;
    if (typeof value === 'number')
        return Number.isInteger(value) ? String(value) : javaDecimal(value);
    if (value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J)
        return value.isInteger ? value.text : javaDecimal(value.nearest);
    if (typeof value === 'boolean')
        return String(value);
    if (value instanceof _dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .Moment */ ["do"])
        return (0,_dates_moment_js__WEBPACK_IMPORTED_MODULE_5__/* .isoText */ .t_)(value);
    throw wrongValue('a string', value);
}
function javaDecimal(number) {
    const size = Math.abs(number);
    if (size === 0 || (size >= 1e-3 && size < 1e7)) {
        const text = String(number);
        return text.includes('.') ? text : `${Object.is(number, -0) ? '-0' : text}.0`;
    }
    const [digits = '', exponent = ''] = number.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}
function isTrue(value) {
    if (typeof value === 'boolean')
        return value;
    if (typeof value === 'string')
        return value !== '' && value !== 'false';
    if (typeof value === 'number')
        return value !== 0;
    if (value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J)
        return value.nearest !== 0;
    return value !== null;
}
function isEmptyValue(value) {
    if (value === null || value === '')
        return true;
    if (isArrayValue(value))
        return value.length === 0;
    return isObjectValue(value) && Object.keys(value).length === 0;
}


/***/ }),

/***/ 5605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  CO: () => (/* binding */ checkingOf),
  xe: () => (/* binding */ quickCheckOf),
  PF: () => (/* binding */ runPhase)
});

// EXTERNAL MODULE: ./build/check/mapped-rows.js
var mapped_rows = __nccwpck_require__(4668);
// EXTERNAL MODULE: ./build/check/schema-source.js
var schema_source = __nccwpck_require__(9356);
// EXTERNAL MODULE: ./build/lib/json-reader.js
var json_reader = __nccwpck_require__(4386);
// EXTERNAL MODULE: ./build/schema/identity.js
var identity = __nccwpck_require__(4814);
// EXTERNAL MODULE: ./build/lib/json-pointer.js
var json_pointer = __nccwpck_require__(8908);
// EXTERNAL MODULE: ./build/schema/json.js
var schema_json = __nccwpck_require__(1106);
// EXTERNAL MODULE: ./build/schema/kinds.js
var kinds = __nccwpck_require__(2633);
// EXTERNAL MODULE: ./build/schema/record.js
var schema_record = __nccwpck_require__(5189);
// EXTERNAL MODULE: ./build/schema/relational.js
var schema_relational = __nccwpck_require__(5721);
// EXTERNAL MODULE: ./build/schema/walk.js
var walk = __nccwpck_require__(5521);
// EXTERNAL MODULE: ./build/schema/kinds/date.js
var date = __nccwpck_require__(7196);
;// CONCATENATED MODULE: ./build/check/column-values.js

function isAnyText(field) {
    if (field.kind === 'any')
        return field.allowed === undefined;
    if (field.kind !== 'string')
        return false;
    const { allowed, format, pattern, minLength, maxLength } = field;
    return (allowed === undefined && format === undefined && pattern === undefined && minLength === 0 && maxLength === Infinity);
}
function surelyWithin(leaf, field) {
    const kind = numbersOf(leaf);
    switch (field.kind) {
        case 'string':
            return kind === 'integers' || kind === 'decimals' ? whereverPlain(kind, field) : undefined;
        case 'number':
            return kind === 'integers' || kind === 'decimals' ? within(field, WHOLE[kind]) : undefined;
        case 'integer':
            return kind === 'integers' ? within(field, integersOf(field)) : undefined;
        case 'date':
            return kind === 'days' && field.allowed === undefined ? DAYS : undefined;
        case 'date-time':
            if (field.allowed !== undefined)
                return undefined;
            return kind === 'moments' ? MOMENTS : kind === 'integers' ? date/* EPOCH_SURELY */.Jg : undefined;
        default:
            return undefined;
    }
}
function numbersOf({ storage: { physical }, annotation }) {
    if (annotation?.kind === 'timestamp')
        return 'moments';
    if (annotation?.kind === 'date')
        return 'days';
    if (physical === 'INT32' || physical === 'INT64')
        return 'integers';
    return physical === 'FLOAT' || physical === 'DOUBLE' ? 'decimals' : undefined;
}
const WHOLE = {
    integers: { low: Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER },
    decimals: { low: -Number.MAX_VALUE, high: Number.MAX_VALUE },
};
const MOMENTS = { low: Date.parse('0000-01-01T00:00:00Z'), high: Date.parse('9999-12-31T23:59:59.999Z') };
const DAYS = { low: Math.ceil(MOMENTS.low / 86_400_000), high: Math.floor(MOMENTS.high / 86_400_000) };
function whereverPlain(kind, field) {
    return isAnyText(field) ? WHOLE[kind] : undefined;
}
function within({ bounds, allowed }, { low, high }) {
    if (allowed !== undefined || bounds.exclusiveMinimum !== -Infinity || bounds.exclusiveMaximum !== Infinity)
        return undefined;
    return { low: Math.max(low, bounds.minimum), high: Math.min(high, bounds.maximum) };
}
function integersOf({ range: { min, max } }) {
    return {
        low: Math.max(Number(min), Number.MIN_SAFE_INTEGER),
        high: Math.min(Number(max), Number.MAX_SAFE_INTEGER),
    };
}

// EXTERNAL MODULE: ./build/check/typed-values.js
var typed_values = __nccwpck_require__(3650);
;// CONCATENATED MODULE: ./build/check/column-check.js










function columnChecksOf(tree, schema, options) {
    const planner = new Planner(tree, options);
    planner.value(tree.root, { ...schema.root, isDeprecated: false }, []);
    if (options.isForProfile)
        planner.identities(schema);
    planner.primaryKey(schema);
    const id = schema.relational === undefined && schema.behaviour === 'time-series' ? memberOf(tree.root, '_id') : undefined;
    return {
        ...planner.checks(),
        key: isScalar(id) ? id.leaves.first : undefined,
        size: options.isForProfile ? sizeCheck(schema) : undefined,
    };
}
function isScalar(node) {
    return node?.kind === 'leaf' && node.rep === 0;
}
function sizeCheck(schema) {
    return {
        mostBytes: (0,schema_record/* mostBytes */.j$)(schema),
        say: (bytes, report) => {
            const issue = (0,schema_record/* sizeIssue */.lZ)(schema, bytes);
            if (issue !== undefined)
                report(issue, []);
        },
    };
}
class Planner {
    #tree;
    #walk;
    #leaves;
    #walks = [];
    constructor(tree, { showValues }) {
        this.#tree = tree;
        this.#walk = new walk/* Walk */.qO(showValues);
        this.#leaves = tree.leaves.map(({ def }) => ({
            path: '',
            levels: Array.from({ length: def + 1 }, () => []),
            values: undefined,
        }));
        this.#showPaths(tree.root, []);
    }
    checks() {
        return { leaves: this.#leaves, walks: this.#walks };
    }
    value(node, { isDeprecated, ...rest }, way) {
        if (isDeprecated)
            this.#say(node, { from: node.def, to: Infinity, way }, sayDeprecated);
        const field = { ...rest, isDeprecated: false };
        if (field.kind === 'any' && field.allowed === undefined)
            return;
        if (node.kind === 'leaf')
            this.#leafValue(node, field, way);
        else if (node.kind === 'object' && field.kind === 'object')
            this.#members(node, field, way);
        else if (node.kind === 'list' && field.kind === 'array')
            this.#items(node, field.items, way);
        else if (field.kind === 'object' || field.kind === 'array' || field.kind === 'map')
            this.#together(node, field, way);
        else
            this.#misfit(node, (0,kinds/* checkOf */.EG)(field), way);
    }
    identities({ identities }) {
        const check = (0,identity/* identityCheck */.FC)(identities);
        const { paths, isNeeded } = (0,identity/* identityPaths */.FS)(identities);
        const found = paths.flatMap((path) => leavesAt(this.#tree.root, path));
        const leaves = found.length === 0 && isNeeded ? [0] : [...new Set(found)];
        if (leaves.length === 0)
            return;
        const own = (record, report) => {
            this.#walk.begin((issue) => report(issue, LAST));
            const json = (0,typed_values/* asJson */.v)(record);
            if ((0,schema_json/* isPlainObject */.Qd)(json))
                check(json, this.#walk);
        };
        const others = this.#walks.filter((walk) => walk.leaves.some((leaf) => leaves.includes(leaf)));
        const together = [...new Set([...leaves, ...others.flatMap((walk) => walk.leaves)])].toSorted((one, other) => one - other);
        const checks = [...others.flatMap((walk) => walk.checks), own];
        this.#walks = [...this.#walks.filter((walk) => !others.includes(walk)), { leaves: together, checks }];
    }
    primaryKey({ relational }) {
        const columns = (relational?.key ?? []).map((name) => memberOf(this.#tree.root, name));
        if (relational === undefined || columns.length === 0 || !columns.every(isScalar))
            return;
        const leaves = columns.map((leaf) => leaf.leaves.first).toSorted((one, other) => one - other);
        this.#walks.push({ leaves, checks: [], keyOf: (record) => (0,schema_relational/* primaryKeyOf */.bl)(relational, (0,typed_values/* asJson */.v)(record)) });
    }
    #leafValue(leaf, field, way) {
        const plan = this.#leaves[leaf.leaves.first];
        if (plan === undefined || isTimeForDate(leaf, field))
            return;
        const check = (0,kinds/* checkOf */.EG)(field);
        let isSilent = true;
        const note = () => void (isSilent = false);
        plan.values = {
            range: surelyWithin(leaf, field),
            isAnyText: isAnyText(field),
            passes: (value) => {
                isSilent = true;
                this.#walk.begin(note);
                check((0,typed_values/* asJson */.v)(value), this.#walk);
                return isSilent;
            },
            say: (value, indices, report) => {
                const order = orderOf(way, indices);
                this.#walk.begin((issue) => report(issue, order));
                for (const step of way)
                    this.#walk.enter('list' in step ? (indices[step.list] ?? 0) : step.name);
                check((0,typed_values/* asJson */.v)(value), this.#walk);
            },
        };
    }
    #members(node, field, way) {
        const { fields, required } = field;
        const places = new Map([...fields.keys()].map((name, at) => [name, node.members.length + at]));
        const missing = (name) => [...way, { name, at: places.get(name) ?? 0 }];
        for (const [at, { name, node: inner }] of node.members.entries()) {
            const own = fields.get(name);
            if (own === undefined)
                continue;
            const to = [...way, { name, at }];
            if (required.has(name))
                this.#say(inner, { from: node.def, to: inner.def, way: missing(name) }, sayMissing(own));
            this.value(inner, own, to);
        }
        const names = new Set(node.members.map(({ name }) => name));
        for (const [name, own] of fields) {
            if (!required.has(name) || names.has(name))
                continue;
            this.#say(node, { from: node.def, to: Infinity, way: missing(name) }, sayMissing(own));
        }
    }
    #items({ item, itemDef, rep }, field, way) {
        const to = [...way, { list: rep }];
        this.#say(item, { from: itemDef, to: item.def, way: to }, walk/* reportNull */.wg);
        this.value(item, field, to);
    }
    #misfit(node, check, way) {
        const shape = node.kind === 'list' ? [] : {};
        this.#say(node, { from: node.def, to: Infinity, way }, (walk) => check(shape, walk));
    }
    #say({ leaves, rep }, { from, to, way }, say) {
        const plan = this.#leaves[leaves.first];
        const level = {
            rep,
            say: (indices, report) => {
                const order = orderOf(way, indices);
                this.#walk.begin((issue) => report(issue, order));
                for (const step of way)
                    this.#walk.enter('list' in step ? (indices[step.list] ?? 0) : step.name);
                say(this.#walk);
            },
        };
        for (let def = from; def < Math.min(to, plan?.levels.length ?? 0); def++)
            plan?.levels[def]?.push(level);
    }
    #together({ leaves: { first, end } }, field, way) {
        const check = (0,kinds/* checkOf */.EG)(field);
        const leaves = Array.from({ length: end - first }, (_, at) => first + at);
        const own = (record, report) => {
            const indices = [];
            this.#walk.begin((issue) => report(issue, orderOf(way, indices)));
            this.#descend(record, { rest: way, indices }, (value) => check((0,typed_values/* asJson */.v)(value), this.#walk));
        };
        this.#walks.push({ leaves, checks: [own] });
    }
    #descend(value, { rest: [step, ...rest], indices }, visit) {
        if (value === undefined || value === null)
            return;
        if (step === undefined)
            visit(value);
        else if ('list' in step) {
            for (const [at, item] of (Array.isArray(value) ? value : []).entries()) {
                indices[step.list] = at;
                this.#walk.enter(at);
                this.#descend(item, { rest, indices }, visit);
                this.#walk.leave();
            }
        }
        else {
            this.#walk.enter(step.name);
            this.#descend((0,json_reader/* ownValue */.eC)(value, step.name), { rest, indices }, visit);
            this.#walk.leave();
        }
    }
    #showPaths(node, shown) {
        if (node.kind === 'object') {
            for (const [at, { name, node: inner }] of node.members.entries()) {
                const isShown = this.#walk.showValues || (0,walk/* isPlainName */.sh)(name);
                this.#showPaths(inner, [...shown, isShown ? name : (0,walk/* hiddenName */.ed)(at + 1)]);
            }
        }
        else if (node.kind === 'list')
            this.#showPaths(node.item, [...shown, '*']);
        else if (node.kind === 'map') {
            for (const inner of node.value === undefined ? [node.key] : [node.key, node.value])
                this.#showPaths(inner, [...shown, '*']);
        }
        else {
            const plan = this.#leaves[node.leaves.first];
            if (plan !== undefined)
                plan.path = (0,json_pointer/* pointer */.W)(shown);
        }
    }
}
const LAST = [Infinity];
function orderOf(way, indices) {
    return way.map((step) => ('list' in step ? (indices[step.list] ?? 0) : step.at));
}
function sayDeprecated(walk) {
    walk.report('deprecated-field', { expected: 'a field in use', received: 'a deprecated field' });
}
function sayMissing({ hasDefault }) {
    return (walk) => {
        walk.report(hasDefault ? 'required-defaulted' : 'required-missing', { expected: 'a value', received: 'nothing' });
    };
}
function isTimeForDate({ annotation }, { kind }) {
    return annotation?.kind === 'time' && (kind === 'date' || kind === 'date-time');
}
function memberOf(node, name) {
    return node?.kind === 'object' ? node.members.find((member) => member.name === name)?.node : undefined;
}
function leavesAt(root, path) {
    const node = path.reduce(memberOf, root);
    if (node === undefined)
        return [];
    return Array.from({ length: node.leaves.end - node.leaves.first }, (_, at) => node.leaves.first + at);
}

;// CONCATENATED MODULE: ./build/schema/patterns.js
function hasSlowPattern(field) {
    switch (field.kind) {
        case 'string':
            return field.pattern !== undefined && isSlowPattern(field.pattern);
        case 'object':
            return Array.from(field.fields.values()).some(hasSlowPattern);
        case 'map':
            return hasSlowPattern(field.values);
        case 'array':
            return hasSlowPattern(field.items);
        default:
            return false;
    }
}
function isSlowPattern({ source, unicode }) {
    const { alternatives, effort } = new PatternReader(source, unicode).read();
    const isAnchored = source.startsWith('^') && alternatives === 1;
    const degree = effort.degree + (isAnchored ? 0 : 1);
    return degree > 1 || effort.ways * effort.steps > (degree === 0 ? MOST_STEPS : MOST_STEPS_EACH);
}
const MOST_STEPS = 1_000_000;
const MOST_STEPS_EACH = 200;
const ONE_STEP = { ways: 1, degree: 0, steps: 1 };
const ANY_EFFORT = { ways: Infinity, degree: Infinity, steps: Infinity };
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
class PatternReader {
    #source;
    #unicode;
    #at = 0;
    constructor(source, unicode) {
        this.#source = source;
        this.#unicode = unicode;
    }
    read() {
        let alternatives = 1;
        let effort = this.#readSequence();
        for (; this.#take('|'); alternatives++)
            effort = either(effort, this.#readSequence());
        return { alternatives, effort };
    }
    #readSequence() {
        let effort = ONE_STEP;
        while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at)))
            effort = both(effort, this.#readRepeated());
        return effort;
    }
    #readRepeated() {
        const part = this.#readPart();
        QUANTIFIER.lastIndex = this.#at;
        const found = QUANTIFIER.exec(this.#source);
        if (found === null)
            return part;
        this.#at = QUANTIFIER.lastIndex;
        const [sign, least = '', comma, most = ''] = found;
        if (sign.startsWith('?'))
            return repeated(part, 0, 1);
        if (least === '')
            return repeated(part, 0, Infinity);
        const end = comma === '' ? Number(least) : most === '' ? Infinity : Number(most);
        return repeated(part, Number(least), end);
    }
    #readPart() {
        if (this.#take('('))
            return this.#readGroup();
        if (this.#take('['))
            return this.#skipClass();
        if (this.#take('\\'))
            return this.#readEscape();
        this.#at++;
        return ONE_STEP;
    }
    #readGroup() {
        const isKnown = this.#take('?:') || !this.#source.startsWith('?', this.#at);
        const { effort } = this.read();
        this.#at++;
        return isKnown ? effort : ANY_EFFORT;
    }
    #skipClass() {
        while (this.#at < this.#source.length && !this.#take(']'))
            this.#at += this.#source.startsWith('\\', this.#at) ? 2 : 1;
        return ONE_STEP;
    }
    #readEscape() {
        const sign = this.#source.charAt(this.#at++);
        const hasBraces = this.#unicode && /[pPu]/.test(sign) && this.#source.startsWith('{', this.#at);
        if (hasBraces)
            this.#at = this.#source.indexOf('}', this.#at) + 1;
        return /[1-9k]/.test(sign) ? ANY_EFFORT : ONE_STEP;
    }
    #take(text) {
        if (!this.#source.startsWith(text, this.#at))
            return false;
        this.#at += text.length;
        return true;
    }
}
function both(one, other) {
    return { ways: one.ways * other.ways, degree: one.degree + other.degree, steps: one.steps + other.steps };
}
function either(one, other) {
    return {
        ways: one.ways + other.ways,
        degree: Math.max(one.degree, other.degree),
        steps: Math.max(one.steps, other.steps),
    };
}
function repeated({ ways, degree, steps }, least, most) {
    if (most === 0)
        return ONE_STEP;
    const isOneWay = ways === 1 && degree === 0;
    if (most === Infinity)
        return isOneWay ? { ways, degree: 1, steps: steps * (least + 1) } : ANY_EFFORT;
    return { ways: (most - least + 1) * ways ** most, degree: degree * most, steps: steps * most };
}

;// CONCATENATED MODULE: ./build/check/row-check.js







function rowCheckOf({ source, showValues, isForProfile: isOfProfile, isUntyped, mapping }, progress) {
    const schema = (0,schema_source/* compileSource */.jy)(source);
    const { relational } = schema;
    const isForProfile = isOfProfile && relational === undefined;
    const options = { showValues, isForProfile };
    const checkText = (0,schema_record/* textCheck */.M_)(schema, options);
    const check = (0,schema_record/* recordCheck */.Y$)(schema, options);
    const keyOf = keyOfRecord(schema);
    const scan = relational === undefined ? (0,schema_record/* recordScan */.zf)(schema, options) : undefined;
    const hasKey = schema.behaviour === 'time-series';
    const checksValues = mapping === undefined ? !isUntyped : mapping.isChecked;
    return {
        isSlow: checksValues && hasSlowPattern(schema.root),
        conversion: mapping === undefined ? undefined : (0,mapped_rows/* mappedRows */.hT)(mapping, { showValues, keyOf, progress }),
        ignoresCells: isUntyped && !isForProfile && relational === undefined,
        columns: isUntyped ? undefined : (tree) => columnChecksOf(tree, schema, options),
        scan: scan === undefined ? undefined : { ...scan, key: () => (hasKey ? scan.id() : undefined) },
        text(text, report) {
            return keyOf(checkText(text, report));
        },
        value(value, report) {
            if (isUntyped) {
                if (isForProfile)
                    (0,schema_record/* reportRowSize */.QP)(schema, value, report);
                if (relational === undefined)
                    return undefined;
                (0,schema_relational/* checkRelationalCells */.hF)(relational, value, report);
                return keyOf(value);
            }
            const record = (0,typed_values/* asJson */.v)(value);
            if (isForProfile)
                (0,schema_record/* reportRowSize */.QP)(schema, record, report);
            check(record, report);
            return keyOf(record);
        },
    };
}
function keyOfRecord({ relational, behaviour }) {
    if (relational !== undefined)
        return (record) => (0,schema_relational/* primaryKeyOf */.bl)(relational, record);
    return behaviour === 'time-series' ? eventId : () => undefined;
}
function eventId(record) {
    const id = typeof record === 'object' && record !== null && '_id' in record ? record['_id'] : undefined;
    return typeof id === 'string' ? id : undefined;
}

// EXTERNAL MODULE: ./build/check/row-mapper.js
var row_mapper = __nccwpck_require__(301);
// EXTERNAL MODULE: ./build/mapping/plan.js + 4 modules
var plan = __nccwpck_require__(8351);
// EXTERNAL MODULE: ./build/diff/digest-stream.js
var digest_stream = __nccwpck_require__(3505);
// EXTERNAL MODULE: ./build/diff/row-hash.js
var row_hash = __nccwpck_require__(8095);
// EXTERNAL MODULE: ./build/diff/row-key.js
var row_key = __nccwpck_require__(7756);
;// CONCATENATED MODULE: ./build/diff/digest.js







function digestCheckOf(setup, progress) {
    const reader = new row_hash/* CanonicalRows */.mI();
    const mapping = setup.plan === undefined ? undefined : (0,plan/* compilePlan */.v)(setup.plan);
    const conversion = {
        ...(mapping === undefined ? { isInOrder: false, isSlow: false } : (0,mapped_rows/* needsOf */.hN)(mapping)),
        begin: (slice, { name, rowsBefore }) => {
            const header = slice.format === 'csv' ? slice.layout.header : undefined;
            const nowMs = setup.plan?.nowMs ?? 0;
            const mapper = mapping && new row_mapper/* RowMapper */.o({ mapping, header, name, nowMs, progress }, rowsBefore);
            return digestSlice(slice, { ...setup, mapper, reader });
        },
    };
    return { conversion, text: () => undefined, value: () => undefined };
}
function digestSlice({ format }, { key, mapper, reader }) {
    const hasColumns = mapper === undefined && format === 'csv';
    const isTyped = format === 'parquet' && (mapper === undefined || readsRow(key));
    const lines = new digest_stream/* DigestWriter */.G((field) => reader.pathOf(field));
    const skip = (rows) => {
        mapper?.skip(rows);
        lines.addGap(rows);
    };
    const digest = (row, text, where) => {
        const own = isTyped ? (0,typed_values/* asJson */.v)(row) : row;
        const record = mapper === undefined ? own : mapper.map(row, text, where).record;
        return addDigest(lines, readTexts({ row: own, record, hasColumns }, key, reader), reader);
    };
    return {
        lines,
        typedValues: mapper === undefined ? 'exact' : 'verbatim',
        counts: new Float64Array(0),
        text: (text, report) => {
            const row = (0,row_mapper/* readRow */.z)(text);
            if (row === undefined)
                skip(1);
            if (row === undefined || !digest(row, text))
                report(UNREADABLE);
        },
        value: (row, report, where) => {
            if (!digest(row, undefined, where))
                report(UNREADABLE);
        },
        corrupt: (issue, rows) => {
            skip(rows);
            return issue;
        },
        trace: (issue) => issue,
    };
}
function readsRow(key) {
    return key.kind === 'parts' && key.parts.some((part) => part.of === 'row');
}
const UNREADABLE = {
    code: 'corrupt-record',
    level: 'error',
    fate: 'rejected',
    path: '',
    expected: 'a row that can be read',
    received: 'something else',
};
function readTexts(keyed, key, reader) {
    try {
        return { content: reader.read(keyed.record), key: (0,row_key/* keyText */.P)(key, keyed) };
    }
    catch (error) {
        if (error instanceof RangeError)
            return undefined;
        throw error;
    }
}
function addDigest(lines, texts, { leaves }) {
    if (texts === undefined) {
        lines.addGap(1);
        return false;
    }
    const content = (0,row_hash/* rowHash */.rG)(texts.content);
    const key = texts.key === undefined ? content : (0,row_hash/* rowHash */.rG)(texts.key);
    lines.addRow({ key, content, hasKey: texts.key !== undefined }, leaves);
    return true;
}

// EXTERNAL MODULE: ./build/publish/rejected/search.js
var search = __nccwpck_require__(6419);
;// CONCATENATED MODULE: ./build/modes/steps/run.js




function quickCheckOf(setup, progress) {
    if ('sought' in setup)
        return (0,search/* searchCheckOf */.S)(setup, progress);
    return 'key' in setup ? digestCheckOf(setup, progress) : rowCheckOf(setup, progress);
}
function checkingOf(setup) {
    const check = quickCheckOf(setup);
    const plan = 'source' in setup ? setup.mapping?.plan : setup.plan;
    return { check, watch: check.conversion?.isSlow ? (0,mapped_rows/* watchOf */.xE)(plan) : undefined };
}
async function runPhase(name, context, work) {
    const startMs = context.clock.now();
    try {
        return await work();
    }
    finally {
        context.recorder.addSpan({ phase: name, startMs, endMs: context.clock.now() });
    }
}


/***/ }),

/***/ 4920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Y: () => (/* binding */ LARGE_FILE_MOST_DOUBTS),
/* harmony export */   $Z: () => (/* binding */ DIAGNOSTICS_MOST_READ_MS),
/* harmony export */   $c: () => (/* binding */ BUDGET_WARNING_SHARE),
/* harmony export */   $q: () => (/* binding */ ABORT_LAG_MS),
/* harmony export */   AN: () => (/* binding */ PACE_LEAST_BYTES),
/* harmony export */   Ab: () => (/* binding */ CLEANUP_MOST_MS),
/* harmony export */   B9: () => (/* binding */ DIAGNOSTICS_LAST_LOOK_MS),
/* harmony export */   CI: () => (/* binding */ HTTP_MOST_ATTEMPTS),
/* harmony export */   DC: () => (/* binding */ CONFIRM_PAUSE_MS),
/* harmony export */   Dy: () => (/* binding */ PART_MOST_BYTES),
/* harmony export */   F6: () => (/* binding */ PACE_LEAST_MS),
/* harmony export */   FU: () => (/* binding */ DIAGNOSTICS_KEPT_MS),
/* harmony export */   Fm: () => (/* binding */ UPSERT_ROW_LIMIT),
/* harmony export */   Fr: () => (/* binding */ IN_WORK_MOST_LOOKS),
/* harmony export */   GD: () => (/* binding */ ENCODED_NAME_MOST_CHARACTERS),
/* harmony export */   Gd: () => (/* binding */ DIAGNOSTICS_MOST_ATTEMPTS),
/* harmony export */   Gv: () => (/* binding */ LIST_MOST_MS),
/* harmony export */   HR: () => (/* binding */ FIRST_LIST_MOST_MS),
/* harmony export */   Hz: () => (/* binding */ POLL_FIRST_PAUSE_MS),
/* harmony export */   IT: () => (/* binding */ CREATE_MOST_ATTEMPTS),
/* harmony export */   IU: () => (/* binding */ DIAGNOSTICS_MOST_LINE_BYTES),
/* harmony export */   Iq: () => (/* binding */ EARLIER_BATCH_MOST),
/* harmony export */   Jb: () => (/* binding */ WHOLE_FILE_MOST_BYTES),
/* harmony export */   Jy: () => (/* binding */ PREDECESSOR_MOST_MS),
/* harmony export */   K$: () => (/* binding */ CONSOLIDATION_MOST_PARTS),
/* harmony export */   KA: () => (/* binding */ PROFILE_BATCHES_A_DAY),
/* harmony export */   Ky: () => (/* binding */ REVERT_MOST_LOOKS),
/* harmony export */   L4: () => (/* binding */ PUBLISH_MOST_RESTARTS),
/* harmony export */   Ll: () => (/* binding */ HTTP_CONNECT_MS),
/* harmony export */   M1: () => (/* binding */ LIST_LAG_PAUSE_MS),
/* harmony export */   ML: () => (/* binding */ EXPIRATION_WARNING_MS),
/* harmony export */   MU: () => (/* binding */ DATASET_LOOKS_AFTER_MS),
/* harmony export */   N3: () => (/* binding */ REVERT_PAUSE_MS),
/* harmony export */   O3: () => (/* binding */ READ_BACK_MOST_MS),
/* harmony export */   O5: () => (/* binding */ RECENT_BATCHES_MS),
/* harmony export */   PR: () => (/* binding */ PAGE_ENTRIES),
/* harmony export */   Pv: () => (/* binding */ PREDECESSOR_LEAST_MS),
/* harmony export */   Q1: () => (/* binding */ WAIT_GRACE_MS),
/* harmony export */   R6: () => (/* binding */ DIAGNOSTICS_MOST_ROWS),
/* harmony export */   Ro: () => (/* binding */ LIST_LAG_MOST_MS),
/* harmony export */   TF: () => (/* binding */ CONSOLIDATED_LOOKS_AFTER_MS),
/* harmony export */   TG: () => (/* binding */ CHUNK_TARGET_MS),
/* harmony export */   UI: () => (/* binding */ LISTED_DATASET_LOOKS_AFTER_MS),
/* harmony export */   UK: () => (/* binding */ WHOLE_FILE_TARGET_MS),
/* harmony export */   Um: () => (/* binding */ TOKEN_MARGIN_MS),
/* harmony export */   Us: () => (/* binding */ WAIT_MOST_REFUSALS),
/* harmony export */   VC: () => (/* binding */ LOOK_LEAST_MS),
/* harmony export */   VU: () => (/* binding */ DIMENSION_BATCHES_A_DAY),
/* harmony export */   V_: () => (/* binding */ STALLED_WAIT_MS),
/* harmony export */   WA: () => (/* binding */ BATCH_ADVISED),
/* harmony export */   WL: () => (/* binding */ HTTP_SILENCE_MS),
/* harmony export */   WV: () => (/* binding */ COMPLETE_LAG_MS),
/* harmony export */   XC: () => (/* binding */ TOKEN_MOST_ATTEMPTS),
/* harmony export */   XG: () => (/* binding */ SMALL_FILE_BYTES),
/* harmony export */   Xz: () => (/* binding */ RESTORE_PAUSE_MS),
/* harmony export */   Y4: () => (/* binding */ CHUNK_MOST_DOUBTS),
/* harmony export */   YM: () => (/* binding */ REVERT_MOST_ATTEMPTS),
/* harmony export */   YV: () => (/* binding */ CHUNK_LEAST_BYTES),
/* harmony export */   Yp: () => (/* binding */ UNPACKED_MOST_FILES),
/* harmony export */   Zj: () => (/* binding */ PART_LOOKS_AFTER_MS),
/* harmony export */   _3: () => (/* binding */ SYSTEM_JOBS_PAGE_ENTRIES),
/* harmony export */   _D: () => (/* binding */ SYSTEM_JOBS_MOST_PAGES),
/* harmony export */   _O: () => (/* binding */ DIAGNOSTICS_MOST_CHARACTERS),
/* harmony export */   _g: () => (/* binding */ CHUNKED_FILE_MOST_STARTS),
/* harmony export */   _m: () => (/* binding */ DIAGNOSTICS_MOST_MS),
/* harmony export */   aI: () => (/* binding */ RESTORE_MOST_ATTEMPTS),
/* harmony export */   aY: () => (/* binding */ WAIT_MOST_ERRORS),
/* harmony export */   af: () => (/* binding */ RESTART_PAUSE_MS),
/* harmony export */   an: () => (/* binding */ LIST_MOST_ENTRIES),
/* harmony export */   db: () => (/* binding */ REFUSED_DATASET_LOOKS_AFTER_MS),
/* harmony export */   eB: () => (/* binding */ DATASET_MOST_ATTEMPTS),
/* harmony export */   g1: () => (/* binding */ CHANGED_TAGS_LOOKS_AFTER_MS),
/* harmony export */   gs: () => (/* binding */ CREATED_LOOKS_AFTER_MS),
/* harmony export */   gy: () => (/* binding */ ABORT_LOOK_MS),
/* harmony export */   hE: () => (/* binding */ NAMED_LOOKS_AFTER_MS),
/* harmony export */   hI: () => (/* binding */ STALE_LOOKS_AFTER_MS),
/* harmony export */   jN: () => (/* binding */ POLL_AGE_DIVISOR),
/* harmony export */   jV: () => (/* binding */ FAILURE_MOST_BYTES),
/* harmony export */   jW: () => (/* binding */ CLOCK_SKEW_MOST_MS),
/* harmony export */   jf: () => (/* binding */ BUDGET_MOST_ENTRIES),
/* harmony export */   jt: () => (/* binding */ HTTP_MOST_RESPONSE_BYTES),
/* harmony export */   kH: () => (/* binding */ POST_LOOK_MS),
/* harmony export */   kN: () => (/* binding */ ENABLE_MOST_STARTS),
/* harmony export */   kO: () => (/* binding */ FINISHED_LEAST_MS),
/* harmony export */   ko: () => (/* binding */ GLANCE_MOST_MS),
/* harmony export */   lI: () => (/* binding */ TOKEN_MOST_MS),
/* harmony export */   ld: () => (/* binding */ WRITTEN_TAGS_LOOKS_AFTER_MS),
/* harmony export */   lr: () => (/* binding */ NAME_SEGMENT_MOST_CHARACTERS),
/* harmony export */   lx: () => (/* binding */ BUDGET_MOST_MS),
/* harmony export */   mT: () => (/* binding */ ABORT_SILENCE_MS),
/* harmony export */   oA: () => (/* binding */ COMPLETED_LAG_MS),
/* harmony export */   oQ: () => (/* binding */ VANISHED_LEAST_MISSES),
/* harmony export */   op: () => (/* binding */ SCHEMAS_MOST_PAGES),
/* harmony export */   p: () => (/* binding */ DIAGNOSTICS_CHUNK_BYTES),
/* harmony export */   pO: () => (/* binding */ DIAGNOSTICS_LATE_MS),
/* harmony export */   ph: () => (/* binding */ BATCH_MOST),
/* harmony export */   ry: () => (/* binding */ LIST_MOST_STARTS),
/* harmony export */   sq: () => (/* binding */ TOKEN_MOST_SECONDS),
/* harmony export */   vO: () => (/* binding */ DIAGNOSTICS_MOST_FILES),
/* harmony export */   vy: () => (/* binding */ CHUNK_FIRST_BYTES),
/* harmony export */   wX: () => (/* binding */ CHUNK_PAUSE_MS),
/* harmony export */   xQ: () => (/* binding */ COMPLETE_LAG_PAUSE_MS),
/* harmony export */   xq: () => (/* binding */ CREATED_LAG_MS),
/* harmony export */   yP: () => (/* binding */ LAST_LOOK_MOST_MS),
/* harmony export */   yS: () => (/* binding */ DIAGNOSTICS_PAUSES_MS),
/* harmony export */   yw: () => (/* binding */ ARRIVAL_FIRST_ASKED),
/* harmony export */   z3: () => (/* binding */ CONSOLIDATION_MOST_LINKS),
/* harmony export */   zO: () => (/* binding */ EXPIRATION_TAG)
/* harmony export */ });
/* unused harmony export LIMITS_AS_OF */
const HTTP_MOST_ATTEMPTS = 6;
const HTTP_SILENCE_MS = 90_000;
const HTTP_CONNECT_MS = 10_000;
const HTTP_MOST_RESPONSE_BYTES = 64_000_000;
const TOKEN_MOST_ATTEMPTS = 4;
const TOKEN_MARGIN_MS = 300_000;
const TOKEN_MOST_SECONDS = 10_000_000;
const FAILURE_MOST_BYTES = 1_000_000;
const TOKEN_MOST_MS = 1_800_000;
const CLOCK_SKEW_MOST_MS = 60_000;
const WAIT_GRACE_MS = 30_000;
const CLEANUP_MOST_MS = 120_000;
const PAGE_ENTRIES = 100;
const LIST_MOST_STARTS = 5;
const LIST_MOST_ENTRIES = 100_000;
const LIST_MOST_MS = 600_000;
const SCHEMAS_MOST_PAGES = 1_000;
const LIMITS_AS_OF = 'November 2026';
const BATCH_MOST = { files: 25_000, bytes: 1_000_000_000_000 };
const BATCH_ADVISED = { files: 10_000, bytes: 100_000_000_000 };
const EARLIER_BATCH_MOST = [{ files: 1_500, bytes: 100_000_000_000 }];
const WHOLE_FILE_MOST_BYTES = 256_000_000;
const PART_MOST_BYTES = 128_000_000;
const UNPACKED_MOST_FILES = 100;
const ENCODED_NAME_MOST_CHARACTERS = 1_600;
const NAME_SEGMENT_MOST_CHARACTERS = 200;
const UPSERT_ROW_LIMIT = 2_000_000;
const PROFILE_BATCHES_A_DAY = 90;
const DIMENSION_BATCHES_A_DAY = 4;
const BUDGET_WARNING_SHARE = 0.8;
const BUDGET_MOST_ENTRIES = 1_000;
const BUDGET_MOST_MS = 20_000;
const SMALL_FILE_BYTES = 8 << 20;
const LARGE_FILE_MOST_DOUBTS = 2;
const CHUNK_LEAST_BYTES = 1 << 20;
const CHUNK_FIRST_BYTES = 8 << 20;
const CHUNK_TARGET_MS = 20_000;
const WHOLE_FILE_TARGET_MS = 40_000;
const CHUNK_MOST_DOUBTS = 6;
const CHUNK_PAUSE_MS = 500;
const CHUNKED_FILE_MOST_STARTS = 2;
const ARRIVAL_FIRST_ASKED = 5;
const PACE_LEAST_BYTES = 1 << 20;
const PACE_LEAST_MS = 5_000;
const CREATE_MOST_ATTEMPTS = 3;
const CREATED_LOOKS_AFTER_MS = [0, 2_000, 5_000, 10_000];
const CREATED_LAG_MS = 60_000;
const ABORT_SILENCE_MS = 3_500;
const ABORT_LOOK_MS = 1_500;
const POST_LOOK_MS = 3_000;
const ABORT_LAG_MS = 1_000;
const POLL_FIRST_PAUSE_MS = 2_000;
const POLL_AGE_DIVISOR = 10;
const COMPLETED_LAG_MS = 120_000;
const STALLED_WAIT_MS = 600_000;
const CONFIRM_PAUSE_MS = 1_000;
const LOOK_LEAST_MS = 1_000;
const WAIT_MOST_ERRORS = 40;
const WAIT_MOST_REFUSALS = 5;
const VANISHED_LEAST_MISSES = 3;
const READ_BACK_MOST_MS = 120_000;
const FINISHED_LEAST_MS = 10_000;
const RECENT_BATCHES_MS = 7 * 24 * 3_600_000;
const FIRST_LIST_MOST_MS = 10_000;
const LAST_LOOK_MOST_MS = 3_000;
const CONSOLIDATION_MOST_LINKS = 20;
const CONSOLIDATION_MOST_PARTS = 2_000;
const CONSOLIDATED_LOOKS_AFTER_MS = [0, 2_000, 5_000, 15_000];
const PART_LOOKS_AFTER_MS = [0, 0];
const LIST_LAG_MOST_MS = 120_000;
const LIST_LAG_PAUSE_MS = 8_000;
const NAMED_LOOKS_AFTER_MS = [0, 1_000, 2_000];
const STALE_LOOKS_AFTER_MS = [0, 1_000, 1_000, 1_000];
const IN_WORK_MOST_LOOKS = 20;
const COMPLETE_LAG_MS = 30_000;
const COMPLETE_LAG_PAUSE_MS = 3_000;
const PUBLISH_MOST_RESTARTS = 3;
const RESTART_PAUSE_MS = 2_000;
const PREDECESSOR_MOST_MS = 600_000;
const PREDECESSOR_LEAST_MS = 10_000;
const REVERT_MOST_ATTEMPTS = 3;
const REVERT_MOST_LOOKS = 14;
const REVERT_PAUSE_MS = 2_000;
const SYSTEM_JOBS_PAGE_ENTRIES = 100;
const SYSTEM_JOBS_MOST_PAGES = 10;
const DATASET_MOST_ATTEMPTS = 3;
const DATASET_LOOKS_AFTER_MS = [2_000, 3_000, 5_000, 10_000, 20_000];
const REFUSED_DATASET_LOOKS_AFTER_MS = [0, 2_000, 3_000, 5_000];
const LISTED_DATASET_LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000, 8_000];
const EXPIRATION_TAG = 'adobe/hygiene/ttl';
const EXPIRATION_WARNING_MS = 7 * 86_400_000;
const CHANGED_TAGS_LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000];
const WRITTEN_TAGS_LOOKS_AFTER_MS = [0, 1_000, 2_000, 3_000, 5_000, 10_000];
const ENABLE_MOST_STARTS = 3;
const RESTORE_MOST_ATTEMPTS = 3;
const RESTORE_PAUSE_MS = 1_000;
const DIAGNOSTICS_KEPT_MS = 30 * 86_400_000;
const DIAGNOSTICS_LATE_MS = 600_000;
const DIAGNOSTICS_MOST_ATTEMPTS = 3;
const DIAGNOSTICS_PAUSES_MS = [1_000, 3_000, 6_000, 9_000];
const DIAGNOSTICS_LAST_LOOK_MS = 20_000;
const DIAGNOSTICS_MOST_READ_MS = 60_000;
const DIAGNOSTICS_MOST_MS = 120_000;
const DIAGNOSTICS_CHUNK_BYTES = 4 * 1024 * 1024;
const DIAGNOSTICS_MOST_ROWS = 10_000;
const DIAGNOSTICS_MOST_FILES = 10_000;
const DIAGNOSTICS_MOST_CHARACTERS = 16 * 1024 * 1024;
const DIAGNOSTICS_MOST_LINE_BYTES = 16 * 1024 * 1024;
const GLANCE_MOST_MS = 15_000;


/***/ }),

/***/ 8221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ VIEW_SOURCES),
/* harmony export */   v: () => (/* binding */ VIEW_SCHEMAS)
/* harmony export */ });
const VIEW_SCHEMAS = 'Check that the credential has a role with this sandbox and the permission "View Schemas", and that no access label denies access to the schema.';
const VIEW_SOURCES = 'Check that "sandbox" names the right one. Adobe names no permission for mapping sets: try a role with "View Sources".';


/***/ }),

/***/ 3835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hy: () => (/* binding */ recordKey),
/* harmony export */   Qe: () => (/* binding */ shownCorruptKey),
/* harmony export */   tQ: () => (/* binding */ textKey),
/* harmony export */   xU: () => (/* binding */ corruptKey)
/* harmony export */ });
/* harmony import */ var _formats_formats_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5711);
/* harmony import */ var _formats_parquet_values_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7772);
/* harmony import */ var _schema_kinds_date_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7196);
/* harmony import */ var _schema_json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1106);




function recordKey(record, origin) {
    const shown = _formats_formats_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMATS */ .hR[origin].shown;
    return keyOf(shown.areValuesTexts ? withoutNamespace(record) : record, shown) ?? 'null';
}
function textKey(text) {
    try {
        return recordKey((0,_schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseLossless */ .IS)(text), 'json');
    }
    catch {
        return corruptKey(text);
    }
}
function shownCorruptKey(text, origin) {
    return _formats_formats_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMATS */ .hR[origin].shown.isCorruptText ? textKey(text) : corruptKey(text);
}
function corruptKey(text) {
    return `!${text.trim()}`;
}
function withoutNamespace(record) {
    const [only, ...others] = isObject(record) ? Object.values(record) : [];
    return others.length === 0 && isObject(only) ? only : record;
}
function keyOf(value, shown) {
    if (value === null || value === undefined)
        return undefined;
    if (isNumber(value))
        return shown.areValuesTexts ? JSON.stringify(textOf(value)) : (0,_schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .canonicalNumber */ .uA)(value);
    if (typeof value === 'string')
        return stringKey(value, shown);
    if (typeof value === 'boolean')
        return shown.areValuesTexts ? `"${value}"` : String(value);
    if (value instanceof Date)
        return dateKey(value);
    if (ArrayBuffer.isView(value))
        return JSON.stringify(base64(value));
    if (Array.isArray(value))
        return `[${value.map((item) => keyOf(item, shown) ?? 'null').join(',')}]`;
    return isObject(value) ? objectKey(value, shown) : undefined;
}
function isNumber(value) {
    return typeof value === 'number' || typeof value === 'bigint' || value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J);
}
function stringKey(text, shown) {
    if (shown.areValuesTexts && text === '')
        return undefined;
    return shown.areMomentsRespelled && (0,_schema_kinds_date_js__WEBPACK_IMPORTED_MODULE_2__/* .isDateTime */ .Ar)(text) ? dateKey(new Date(text)) : JSON.stringify(text);
}
function dateKey(date) {
    if (Number.isNaN(date.getTime()))
        return '"no date"';
    return date instanceof _formats_parquet_values_js__WEBPACK_IMPORTED_MODULE_1__/* .CalendarDay */ .P8 ? JSON.stringify(date.toJSON()) : `@${date.getTime()}`;
}
function base64(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
function objectKey(object, shown) {
    let members = '';
    for (const name of Object.keys(object).toSorted()) {
        const key = keyOf(object[name], shown);
        if (key !== undefined)
            members += `${JSON.stringify(name)}:${key},`;
    }
    return `{${members}}`;
}
function textOf(number) {
    return number instanceof _schema_json_js__WEBPACK_IMPORTED_MODULE_3__/* .LosslessNumber */ ._J ? number.text : String(number);
}


/***/ }),

/***/ 6419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ searchCheckOf),
/* harmony export */   d: () => (/* binding */ openFileSearch)
/* harmony export */ });
/* harmony import */ var _check_mapped_rows_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4668);
/* harmony import */ var _check_row_mapper_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(301);
/* harmony import */ var _formats_check_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7247);
/* harmony import */ var _formats_conversion_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8299);
/* harmony import */ var _formats_keys_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(5151);
/* harmony import */ var _mapping_plan_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8351);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3835);







function searchCheckOf({ sought, origin, plan }, progress) {
    const wanted = new Set(sought);
    const known = (key) => (wanted.has(key) ? key : undefined);
    const check = {
        text: (text) => known((0,_keys_js__WEBPACK_IMPORTED_MODULE_5__/* .textKey */ .tQ)(text)),
        value: (record) => known((0,_keys_js__WEBPACK_IMPORTED_MODULE_5__/* .recordKey */ .Hy)(record, origin)),
    };
    return plan === undefined ? check : { ...check, conversion: mappedSearch(plan, check, progress) };
}
function mappedSearch(plan, check, progress) {
    const mapping = (0,_mapping_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .compilePlan */ .v)(plan);
    return {
        ...(0,_check_mapped_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .needsOf */ .hN)(mapping),
        begin: (slice, { name, rowsBefore }) => {
            const header = slice.format === 'csv' ? slice.layout.header : undefined;
            const mapper = new _check_row_mapper_js__WEBPACK_IMPORTED_MODULE_1__/* .RowMapper */ .o({ mapping, header, name, nowMs: plan.nowMs, progress }, rowsBefore);
            return searchConversion(mapper, check);
        },
    };
}
function searchConversion(mapper, check) {
    return {
        typedValues: 'verbatim',
        text: (text, report) => {
            const row = (0,_check_row_mapper_js__WEBPACK_IMPORTED_MODULE_1__/* .readRow */ .z)(text);
            if (row !== undefined)
                return check.value(mapper.map(row, text).record, report);
            mapper.skip(1);
            return undefined;
        },
        value: (row, report, where) => check.value(mapper.map(row, undefined, where).record, report),
        corrupt: (issue, rows) => {
            mapper.skip(rows);
            return issue;
        },
        trace: (issue) => issue,
        lines: new _formats_conversion_js__WEBPACK_IMPORTED_MODULE_3__/* .LineBuffer */ .F(),
        counts: new Float64Array(0),
    };
}
function openFileSearch(setup, { openSearch, signal }) {
    const checker = openSearch(setup);
    const byHash = new Map(setup.sought.map((key) => [(0,_formats_keys_js__WEBPACK_IMPORTED_MODULE_6__/* .hashOf */ .qQ)(key).join(' '), key]));
    return {
        async find({ source, shape, sentName: name }) {
            const sending = { name, write: async () => undefined };
            const { keys } = await (0,_formats_check_js__WEBPACK_IMPORTED_MODULE_2__/* .checkFile */ .vH)({ content: source, shape }, { checker, signal, sending });
            return Array.from(keys.places).flatMap((place, index) => {
                const key = byHash.get(keys.hashes.subarray(_formats_keys_js__WEBPACK_IMPORTED_MODULE_6__/* .HASH_WORDS */ .Vj * index, _formats_keys_js__WEBPACK_IMPORTED_MODULE_6__/* .HASH_WORDS */ .Vj * (index + 1)).join(' '));
                return key === undefined ? [] : [{ key, place }];
            });
        },
        [Symbol.asyncDispose]: () => checker[Symbol.asyncDispose](),
    };
}


/***/ }),

/***/ 2609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OT: () => (/* binding */ checkColumns),
/* harmony export */   Xu: () => (/* binding */ hiddenColumn),
/* harmony export */   eb: () => (/* binding */ checkHeader),
/* harmony export */   nl: () => (/* binding */ isFlatSchema),
/* harmony export */   zY: () => (/* binding */ delimiterHint)
/* harmony export */ });
/* harmony import */ var _kinds_object_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9903);
/* harmony import */ var _field_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2318);
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8908);
/* harmony import */ var _relational_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5721);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9333);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5521);






function checkColumns(schema, { columns, showValues }, report) {
    const reported = new Set();
    const words = { show: showValues ? (name) => name : groupShower(columns), suggest: limitedSuggester() };
    const located = columns.map((column) => ({ column, found: locate(schema.root, column, words) }));
    for (const { column, found } of located) {
        const issue = found.issue ?? leafIssue(found, column);
        const key = `${issue?.code} ${issue?.path}`;
        if (issue !== undefined && !reported.has(key))
            report(issue);
        reported.add(key);
    }
    for (const { found } of repeatedColumns(located))
        report(duplicateIssue((0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(found.path)));
    const leaves = located.map(({ found }) => found.path);
    for (const issue of missingColumns(schema.root, leaves))
        report(issue);
}
function groupShower(columns) {
    const firsts = new Map();
    const note = (key, at) => void (firsts.has(key) || firsts.set(key, at));
    columns.forEach(({ path }, at) => path.forEach((_, depth) => note((0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(path.slice(0, depth + 1)), at)));
    return (name, way) => ((0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .isPlainName */ .sh)(name) ? name : hiddenColumn(firsts.get((0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(way)) ?? 0));
}
function limitedSuggester() {
    let hints = 0;
    return (object, name) => (hints++ < _walk_js__WEBPACK_IMPORTED_MODULE_4__/* .MOST_HINTS */ .FT ? (0,_kinds_object_js__WEBPACK_IMPORTED_MODULE_0__/* .suggesterOf */ .ZJ)(object)(name) : undefined);
}
function hiddenColumn(at) {
    return `column ${at + 1}`;
}
function repeatedColumns(located) {
    const seen = new Set();
    return located.filter(({ column }) => !isFirst((0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(column.path), seen));
}
function isFirst(name, seen) {
    const { size } = seen;
    return seen.add(name).size > size;
}
function locate(root, { path, repetition }, { show, suggest }) {
    let field = root;
    let rest = path;
    const way = [];
    while (rest.length > 0) {
        const step = stepInto(field, rest);
        const { name } = step;
        if (name !== undefined)
            way.push(isOwnName(name, field) ? name : show(name, wayTo(path, rest)));
        if (step.kind === 'stopped')
            return { path: way, field, issue: stopIssue(step, { way, field }, suggest) };
        field = step.field;
        rest = step.rest;
    }
    if (repetition === 'repeated' && field.kind === 'array')
        field = field.items;
    return { path: way, field, issue: undefined };
}
function wayTo(path, rest) {
    return path.slice(0, path.length - rest.length + 1);
}
function isOwnName(name, field) {
    return field.kind !== 'object' || field.fields.has(name);
}
function stepInto(field, path) {
    const [first = '', second] = path;
    switch (field.kind) {
        case 'object': {
            const inner = field.fields.get(first);
            if (inner === undefined && field.isOpen)
                return { kind: 'went', field: _field_js__WEBPACK_IMPORTED_MODULE_1__/* .ANY */ .x4, name: first, rest: [] };
            if (inner === undefined)
                return { kind: 'stopped', name: first };
            return { kind: 'went', field: inner, name: first, rest: path.slice(1) };
        }
        case 'array':
            return { kind: 'went', field: field.items, name: undefined, rest: path.slice(listDepth(path, field.items)) };
        case 'map':
            if (second === 'key')
                return { kind: 'went', field: KEY, name: 'key', rest: path.slice(2) };
            if (second === 'value')
                return { kind: 'went', field: field.values, name: 'value', rest: path.slice(2) };
            return { kind: 'stopped', name: undefined };
        case 'any':
            return { kind: 'went', field, name: undefined, rest: [] };
        default:
            return { kind: 'stopped', name: undefined };
    }
}
const KEY = {
    ..._field_js__WEBPACK_IMPORTED_MODULE_1__/* .ANY */ .x4,
    kind: 'string',
    format: undefined,
    pattern: undefined,
    minLength: 0,
    maxLength: Infinity,
};
function listDepth([first = '', second = '', ...more], items) {
    if (/^(?:list|bag|array)$/.test(first) && /^(?:element|item|array_element|array)$/.test(second))
        return 2;
    const isLeaf = second === '' && more.length === 0 && items.kind !== 'object' && items.kind !== 'any';
    return isLeaf || /^(?:array|element|list)$|_tuple$/.test(first) ? 1 : 0;
}
function stopIssue({ name }, { way, field }, suggest) {
    const path = (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(way);
    if (field.kind !== 'object' || name === undefined) {
        return misfitIssue({ path, expected: expectedWords(field), received: 'a group of columns' });
    }
    return unknownIssue(path, suggest(field, name));
}
function leafIssue({ path, field }, { type, oddity }) {
    const expected = expectedWords(field);
    if (!converts(type, field.kind)) {
        return misfitIssue({ path: (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(path), expected, received: `a column of type ${type}` });
    }
    if (type !== 'other')
        return undefined;
    const received = oddity?.is ?? 'a column of an unusual type';
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('column-type', { path: (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(path), expected, received, ...(oddity && { hint: oddity.hint }) });
}
function misfitIssue(words) {
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('type-mismatch', words, 'fails-batch');
}
function expectedWords({ kind }) {
    if (kind === 'array' || kind === 'object')
        return `an ${kind}`;
    return kind === 'map' ? 'a map' : `a column for ${kind}`;
}
function converts(from, to) {
    return CONVERSIONS[from].includes(to);
}
const NUMBERS = ['string', 'integer', 'number', 'any'];
const TIMES = ['date', 'date-time'];
const CONVERSIONS = {
    string: [...NUMBERS, ...TIMES],
    byte: NUMBERS,
    short: NUMBERS,
    integer: NUMBERS,
    long: [...NUMBERS, ...TIMES],
    double: NUMBERS,
    boolean: ['boolean', 'any'],
    date: ['date', 'any'],
    'date-time': ['date-time', 'any'],
    other: [...NUMBERS, ...TIMES, 'boolean'],
};
function missingColumns(field, columns, way = []) {
    if (field.kind === 'array')
        return missingColumns(field.items, columns, way);
    const below = Map.groupBy(columns, ([first]) => first);
    const missingBelow = (name, inner) => {
        const paths = (below.get(name) ?? []).map((path) => path.slice(1));
        return missingColumns(inner, paths, [...way, name]);
    };
    if (field.kind === 'map')
        return missingBelow('value', field.values);
    if (field.kind !== 'object')
        return [];
    const absent = [...field.required].filter((name) => !below.has(name));
    return [
        ...absent.map((name) => missingIssue(field.fields.get(name), [...way, name])),
        ...[...field.fields].flatMap(([name, inner]) => (below.has(name) ? missingBelow(name, inner) : [])),
    ];
}
function missingIssue(field, path) {
    const code = field?.hasDefault === true ? 'required-defaulted' : 'required-missing';
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)(code, { path: (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)(path), expected: 'a column', received: 'nothing' });
}
function checkHeader(schema, { header, showValues }, report) {
    const fields = flatFields(schema);
    if (fields === undefined) {
        report((0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('schema-nested', { ...NESTED, hint: delimiterHint(header) ?? NESTED.hint }));
        return;
    }
    if (header.every((name) => name === '')) {
        report((0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('header-empty', { path: '', expected: 'the names of columns', received: 'an empty header' }));
        return;
    }
    const suggester = limitedSuggester();
    const hint = delimiterHint(header);
    const suggest = (name) => hint ?? suggester(fields, name);
    const seen = new Set();
    const arePlain = showValues || header.every(_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .isPlainName */ .sh);
    header.forEach((name, at) => {
        const isKnown = fields.fields.has(name);
        const path = (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)([isKnown || arePlain ? name : hiddenColumn(at)]);
        const issue = nameIssue({ name, path }, !isFirst(name, seen), isKnown ? undefined : suggest);
        if (issue !== undefined)
            report(issue);
    });
    for (const [name, field] of fields.fields) {
        if (!seen.has(name) && (schema.relational === undefined || name !== _relational_js__WEBPACK_IMPORTED_MODULE_2__/* .CHANGE_TYPE */ .y3))
            report(missingHeaderIssue(name, field, fields.required.has(name)));
    }
}
const NESTED = {
    path: '',
    expected: 'a flat schema',
    received: 'a schema with nested fields',
    hint: 'map the columns with a mapping set: docs/csv-and-mapping.md',
};
function isFlatSchema(schema) {
    return flatFields(schema) !== undefined;
}
function flatFields({ root, behaviour, tenant }) {
    const inner = tenant === undefined ? undefined : root.fields.get(tenant);
    const fields = behaviour === 'ad-hoc' && inner?.kind === 'object' ? inner : root;
    return [...fields.fields.values()].every(isFlat) ? fields : undefined;
}
function isFlat({ kind }) {
    return kind !== 'object' && kind !== 'array' && kind !== 'map';
}
function delimiterHint([name = '', ...others]) {
    const [found] = others.length === 0 ? (/[;\t|,]/.exec(name) ?? []) : [];
    if (found === undefined)
        return undefined;
    const written = found === '\t' ? '\\t' : found;
    return `are its values separated by "${written}"? Then set "csv-delimiter" to that character`;
}
function nameIssue({ name, path }, isSecond, suggest) {
    if (name === '')
        return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('column-empty', { path, expected: 'the name of a column', received: 'nothing' });
    if (isSecond)
        return duplicateIssue(path);
    if (suggest !== undefined)
        return unknownIssue(path, suggest(name));
    if (!/\s/.test(name))
        return undefined;
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('column-blank', { path, expected: 'a name without spaces', received: 'a name with a space' });
}
function missingHeaderIssue(name, field, isRequired) {
    const words = { path: (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_5__/* .pointer */ .W)([name]), expected: 'a column', received: 'nothing' };
    return isRequired && !field.hasDefault
        ? (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('required-missing', words, 'changed')
        : (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('column-missing', words);
}
function unknownIssue(path, hint) {
    const words = { path, expected: 'a field of the schema', received: 'a column' };
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('unknown-field', hint === undefined ? words : { ...words, hint });
}
function duplicateIssue(path) {
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .issueOf */ .v1)('column-duplicate', { path, expected: 'each column once', received: 'a second one' });
}


/***/ }),

/***/ 9039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ compileSchema),
/* harmony export */   f: () => (/* binding */ namesClass)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);
/* harmony import */ var _descriptors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4456);
/* harmony import */ var _field_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2318);
/* harmony import */ var _identity_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4814);
/* harmony import */ var _relational_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5721);
/* harmony import */ var _kinds_number_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7685);
/* harmony import */ var _kinds_string_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9010);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(2608);








function compileSchema(schema, descriptors) {
    if (!(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .isObject */ .Gv)(schema))
        throw noSchema();
    const id = stringOf(schema['$id']) ?? '';
    const tenant = tenantOf(schema, id);
    const notes = [];
    const own = (0,_descriptors_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorsOf */ .OA)(id, descriptors);
    const place = {
        path: [],
        isRepeated: false,
        above: new Set(),
        tenant,
        deprecated: (0,_descriptors_js__WEBPACK_IMPORTED_MODULE_1__/* .deprecatedPaths */ .q)(own ?? []),
        note: (note) => void notes.push(note),
    };
    const root = fieldOf([schema], place);
    if (root.kind !== 'object' || root.isOpen)
        throw noSchema();
    const behaviour = behaviourOf(schema);
    const relational = (0,_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .isRelational */ .g5)(extendedBy(schema)) ? (0,_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .relationalOf */ .x8)(schema, { root, descriptors: own }) : undefined;
    const changeType = [[_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .CHANGE_TYPE */ .y3, fieldOf([_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .CHANGE_TYPE_NODE */ .dv], { ...place, path: [_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .CHANGE_TYPE */ .y3] })]];
    return {
        id,
        title: stringOf(schema['title']) ?? id,
        behaviour,
        entity: entityOf(schema, behaviour),
        isUnion: (0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .listOf */ .c3)(schema['meta:immutableTags']).includes('union'),
        tenant,
        root: relational !== undefined
            ? (0,_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .withRelationalRules */ .v0)(root, relational, new Map(changeType))
            : extendedBy(schema).includes(EXPERIENCE_EVENT)
                ? withEventFields(root)
                : root,
        identities: (0,_identity_js__WEBPACK_IMPORTED_MODULE_3__/* .identitiesOf */ .UI)(own),
        relational,
        notes,
    };
}
function behaviourOf(schema) {
    const extended = extendedBy(schema);
    if (extended.includes('https://ns.adobe.com/xdm/data/adhoc'))
        return 'ad-hoc';
    if ((0,_relational_js__WEBPACK_IMPORTED_MODULE_4__/* .isRelational */ .g5)(extended))
        return schema['meta:behaviorType'] === 'time-series' ? 'time-series' : 'record';
    const isSeries = extended.includes(TIME_SERIES) || extended.includes(EXPERIENCE_EVENT);
    return isSeries ? 'time-series' : 'record';
}
function entityOf(schema, behaviour) {
    if (behaviour === 'time-series')
        return 'event';
    const named = stringOf(schema['meta:class']);
    return named === undefined || named === PROFILE ? 'profile' : 'dimension';
}
function namesClass(schema) {
    return (0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .isObject */ .Gv)(schema) && extendedBy(schema).some((id) => typeof id === 'string');
}
function extendedBy(schema) {
    return [schema['meta:class'], ...(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .listOf */ .c3)(schema['meta:extends'])];
}
const TIME_SERIES = 'https://ns.adobe.com/xdm/data/time-series';
const PROFILE = 'https://ns.adobe.com/xdm/context/profile';
const EXPERIENCE_EVENT = 'https://ns.adobe.com/xdm/context/experienceevent';
const EVENT_FIELDS = ['_id', 'timestamp'];
function withEventFields(root) {
    const own = EVENT_FIELDS.map((name) => [name, { ...(root.fields.get(name) ?? _field_js__WEBPACK_IMPORTED_MODULE_2__/* .ANY */ .x4), hasDefault: false }]);
    return {
        ...root,
        fields: new Map([...root.fields, ...own]),
        required: new Set([...root.required, ...EVENT_FIELDS]),
    };
}
function tenantOf(schema, id) {
    const dataset = stringOf(schema['meta:datasetNamespace']);
    const named = dataset ?? stringOf(schema['meta:tenantNamespace']) ?? /^https:\/\/ns\.adobe\.com\/([^/]+)\//.exec(id)?.[1];
    return named === undefined || named === 'xdm' ? undefined : `_${named.replace(/^_/, '')}`;
}
function stringOf(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function noSchema() {
    return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF('Cannot read the schema: it is not an object schema with properties', {
        remedy: 'Store the complete answer of the Schema Registry to "Accept: application/vnd.adobe.xed-full+json; version=1", and nothing else.',
    });
}
const DEEPEST = 100;
function fieldOf(sources, place) {
    const field = describedField(sources, place);
    const path = place.path.filter((name) => name !== ITEMS).map((name) => `/${name}`);
    const isNamed = place.path.at(-1) !== ITEMS && place.deprecated.has(path.join(''));
    return isNamed ? { ...field, isDeprecated: true } : field;
}
const ITEMS = '*';
function describedField(sources, place) {
    if (place.path.length > DEEPEST || sources.some((source) => place.above.has(source))) {
        return noteGap(place, 'is nested without end');
    }
    const node = (0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .mergeNode */ .Vj)(sources);
    const inside = { ...place, above: new Set([...place.above, ...sources.filter(_node_js__WEBPACK_IMPORTED_MODULE_7__/* .isObject */ .Gv)]) };
    const kind = (0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .kindOfNode */ .gG)(node);
    switch (kind.kind) {
        case 'object':
            return objectField(node, inside);
        case 'map':
            return { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .commonOf */ .$N)(node), kind: 'map', values: mapValues(node, inside) };
        case 'array':
            return { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .commonOf */ .$N)(node), kind: 'array', items: arrayItems(node, inside) };
        case 'string':
            return (0,_kinds_string_js__WEBPACK_IMPORTED_MODULE_6__/* .stringField */ .OM)(node, place);
        case 'number':
            return (0,_kinds_number_js__WEBPACK_IMPORTED_MODULE_5__/* .numberField */ .sJ)(node, place);
        case 'integer':
            return (0,_kinds_number_js__WEBPACK_IMPORTED_MODULE_5__/* .integerField */ .nm)(node, kind.type, place);
        case 'boolean':
        case 'date':
        case 'date-time':
            return { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .commonOf */ .$N)(node), kind: kind.kind, allowed: (0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .allowedOf */ .mr)(node, place) };
        case 'any':
            return untypedField(node, place);
        default:
            return kind;
    }
}
function untypedField(node, place) {
    const allowed = (0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .allowedOf */ .mr)(node, place);
    return allowed === undefined ? noteGap(place, 'has no type') : { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .commonOf */ .$N)(node), kind: 'any', allowed };
}
function objectField(node, place) {
    const fields = new Map();
    for (const [name, sources] of node.properties ?? []) {
        fields.set(name, fieldOf(sources, { ...place, path: [...place.path, name] }));
    }
    const isOpen = fields.size === 0;
    for (const name of node.required)
        if (!fields.has(name))
            fields.set(name, _field_js__WEBPACK_IMPORTED_MODULE_2__/* .ANY */ .x4);
    return { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_7__/* .commonOf */ .$N)(node), kind: 'object', fields, required: node.required, isOpen };
}
function mapValues({ values }, place) {
    return values.length > 0 ? repeatedField(values, place) : noteGap(place, 'does not define its values');
}
function arrayItems({ items }, place) {
    return items.length > 0 ? repeatedField(items, place) : noteGap(place, 'does not define its items');
}
function repeatedField(sources, place) {
    return fieldOf(sources, { ...place, path: [...place.path, ITEMS], isRepeated: true });
}
const LONGEST_PATH = 8;
function noteGap(place, why) {
    const path = place.path.slice(0, LONGEST_PATH).join('/');
    place.note(`"/${path}${place.path.length > LONGEST_PATH ? '/\u2026' : ''}" ${why}: its content is not validated`);
    return _field_js__WEBPACK_IMPORTED_MODULE_2__/* .ANY */ .x4;
}


/***/ }),

/***/ 4456:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KS: () => (/* binding */ sourcePaths),
/* harmony export */   OA: () => (/* binding */ descriptorsOf),
/* harmony export */   q: () => (/* binding */ deprecatedPaths)
/* harmony export */ });
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2608);

function descriptorsOf(schemaId, descriptors) {
    if (descriptors === undefined)
        return undefined;
    const lists = (0,_node_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(descriptors) ? Object.values(descriptors) : [descriptors];
    const all = lists.flatMap(_node_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3).filter(_node_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv);
    return all.filter((one) => one['xdm:sourceSchema'] === undefined || one['xdm:sourceSchema'] === schemaId);
}
function sourcePaths(descriptor) {
    const property = descriptor?.['xdm:sourceProperty'];
    const paths = typeof property === 'string' ? [property] : (0,_node_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)(property);
    return paths.filter((path) => typeof path === 'string');
}
function deprecatedPaths(descriptors) {
    const own = descriptors.filter((descriptor) => descriptor['@type'] === 'xdm:descriptorDeprecated');
    return new Set(own.flatMap(sourcePaths).map((path) => path.replaceAll(/\[\*\]|\/\*(?=\/|$)/g, '')));
}


/***/ }),

/***/ 2318:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   lR: () => (/* binding */ shownPointer),
/* harmony export */   pS: () => (/* binding */ shownPath),
/* harmony export */   x4: () => (/* binding */ ANY)
/* harmony export */ });
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8908);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5521);


const ANY = { kind: 'any', isDeprecated: false, hasDefault: false, allowed: undefined };
function shownPath(root, way) {
    let field = root;
    const shown = [];
    for (const step of way) {
        shown.push(isShown(step, field) ? nameOf(step) : (0,_walk_js__WEBPACK_IMPORTED_MODULE_0__/* .hiddenName */ .ed)(step.at));
        field = fieldWithin(field, step);
    }
    return (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_1__/* .pointer */ .W)(shown);
}
function isShown(step, field) {
    if (step.kind === 'item')
        return true;
    return field?.kind === 'object' && (field.fields.has(step.name) || (0,_walk_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainName */ .sh)(step.name));
}
function nameOf(step) {
    return step.kind === 'item' ? step.at : step.name;
}
function fieldWithin(field, step) {
    switch (field?.kind) {
        case 'object':
            return step.kind === 'member' ? field.fields.get(step.name) : undefined;
        case 'map':
            return field.values;
        case 'array':
            return field.items;
        default:
            return undefined;
    }
}
function shownPointer(root, written) {
    let field = root;
    const shown = [];
    for (const name of (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_1__/* .pointerSegments */ .c)(written)) {
        if (field?.kind === 'array' && !LIST_STEP.test(name))
            field = field.items;
        shown.push(isNamed(name, field) ? name : '*');
        field = fieldBelow(name, field);
    }
    return (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_1__/* .pointer */ .W)(shown);
}
const LIST_STEP = /^(?:\d{1,9}|list|bag|array|element|item|array_element)$/;
function isNamed(name, field) {
    return field?.kind === 'array' || (field?.kind === 'object' && field.fields.has(name));
}
function fieldBelow(name, field) {
    if (field?.kind === 'array')
        return name === 'list' || name === 'bag' ? field : field.items;
    return field?.kind === 'object' ? field.fields.get(name) : field?.kind === 'map' ? field.values : undefined;
}


/***/ }),

/***/ 4814:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ identityScan),
/* harmony export */   FC: () => (/* binding */ identityCheck),
/* harmony export */   FS: () => (/* binding */ identityPaths),
/* harmony export */   UI: () => (/* binding */ identitiesOf)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(4869);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1106);
/* harmony import */ var _kinds_object_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9903);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2633);
/* harmony import */ var _kinds_collection_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8300);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8901);
/* harmony import */ var _scan_number_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4993);
/* harmony import */ var _scan_string_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6845);









function identitiesOf(descriptors) {
    if (descriptors === undefined)
        return { primary: { kind: 'unknown' }, others: [] };
    const all = descriptors.filter((descriptor) => descriptor['@type'] === 'xdm:descriptorIdentity');
    const primary = all.find((descriptor) => descriptor['xdm:isPrimary'] === true);
    const others = all
        .filter((descriptor) => descriptor !== primary)
        .flatMap((descriptor) => identityField(descriptor) ?? []);
    return {
        primary: primary === undefined ? { kind: 'identity-map' } : primaryOf(identityField(primary)),
        others: others.filter(({ path }) => path[0] !== 'identityMap'),
    };
}
function primaryOf(field) {
    if (field === undefined)
        return { kind: 'unknown' };
    return field.path[0] === 'identityMap' ? { kind: 'identity-map' } : { kind: 'field', ...field };
}
function identityField(descriptor) {
    const property = descriptor['xdm:sourceProperty'];
    if (typeof property !== 'string' || !/^(?:\/[^/[\]*]+)+$/.test(property))
        return undefined;
    return { path: property.slice(1).split('/'), isEcid: ECID_NAMES.has(descriptor['xdm:namespace']) };
}
const ECID_NAMES = new Set(['ECID', '4', 4]);
function identityCheck({ primary, others }) {
    const fields = [...others, ...(primary.kind === 'field' ? [primary] : [])];
    return (record, walk) => {
        if (primary.kind === 'field')
            checkPrimary(record, primary, walk);
        for (const field of others)
            checkValue(valueAt(record, field), field, { code: 'identity-skipped', walk });
        const mapped = checkIdentityMap(record, walk, primary.kind);
        if (mapped + fields.length <= MOST_IDENTITIES)
            return;
        const held = mapped + fields.filter((field) => !isAbsent(valueAt(record, field))).length;
        if (held > MOST_IDENTITIES)
            reportMany(held, walk);
    };
}
function identityPaths({ primary, others }) {
    const fields = [...others, ...(primary.kind === 'field' ? [primary] : [])];
    return { paths: [['identityMap'], ...fields.map(({ path }) => path)], isNeeded: primary.kind !== 'unknown' };
}
function reportMany(held, walk) {
    walk.report('identity-many', { expected: `at most ${MOST_IDENTITIES} identities`, received: `${held}` });
}
const MOST_IDENTITIES = 20;
function checkPrimary(record, field, walk) {
    const value = valueAt(record, field);
    if (isAbsent(value))
        reportAt(field.path, walk, () => walk.reportValue('identity-missing', value, 'the primary identity'));
    else
        checkValue(value, field, { code: 'identity-invalid', walk });
}
function valueAt(record, { path }) {
    let value = record;
    for (const name of path)
        value = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(value) ? (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(value, name) : undefined;
    return value;
}
function checkValue(value, { path, isEcid }, { code, walk }) {
    const expected = wantedInstead(value, isEcid);
    if (expected !== undefined)
        reportAt(path, walk, () => walk.reportValue(code, value, expected));
}
function reportAt(path, walk, report) {
    for (const step of path) {
        if (typeof step === 'object')
            walk.enterKey(step.key, step.position);
        else
            walk.enter(step);
    }
    report();
    for (const _ of path)
        walk.leave();
}
function isAbsent(value) {
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
function wantedInstead(value, isEcid) {
    const text = value instanceof _json_js__WEBPACK_IMPORTED_MODULE_1__/* .LosslessNumber */ ._J ? value.text : typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string')
        return undefined;
    if (isEcid)
        return isEcidText(text) ? undefined : 'an ECID of 38 digits';
    if (text.trim() === '')
        return 'an identity that is not empty';
    if (NOBODY.test(text))
        return 'an identity other than "null", "anonymous" and "invalid"';
    return text.length > MOST_CHARACTERS ? `at most ${MOST_CHARACTERS} characters` : undefined;
}
const NOBODY = /^\s*(?:null|anonymous|invalid)\s*$/i;
const MOST_CHARACTERS = 1_024;
function isEcidText(text) {
    return /^\d{38}$/.test(text) && text.slice(0, 19) <= LONGEST_LONG && text.slice(19) <= LONGEST_LONG;
}
const LONGEST_LONG = '9223372036854775807';
function checkIdentityMap(record, walk, primary) {
    const mustName = primary === 'identity-map';
    const identityMap = record['identityMap'];
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(identityMap)) {
        if (mustName)
            reportAt(['identityMap'], walk, () => walk.reportValue('identity-missing', identityMap, 'the primary identity'));
        return 0;
    }
    const mapped = mappedIdentities(identityMap);
    for (const identity of mapped)
        checkMapped(identity, walk, mustName && identity.isPrimary);
    const primaries = mapped.filter(({ isPrimary }) => isPrimary).length;
    if (primaries > 1 || (primaries === 0 && mustName)) {
        const words = { expected: 'one identity with "primary": true', received: `${primaries}` };
        reportAt(['identityMap'], walk, () => walk.report('identity-primary', words));
    }
    return mapped.length;
}
function mappedIdentities(identityMap) {
    return Object.entries(identityMap).flatMap(([key, identities], index) => {
        const namespace = { key, position: index + 1 };
        return (Array.isArray(identities) ? identities : []).flatMap((identity, at) => (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isPlainObject */ .Qd)(identity) ? [{ namespace, at, id: identity['id'], isPrimary: identity['primary'] === true }] : []);
    });
}
function checkMapped({ namespace, at, id }, walk, mustBe) {
    const expected = isAbsent(id) ? 'an identity value' : wantedInstead(id, namespace.key === 'ECID');
    if (expected === undefined)
        return;
    const code = isAbsent(id) ? 'identity-missing' : 'identity-invalid';
    reportAt(['identityMap', namespace, at, 'id'], walk, () => walk.reportValue(mustBe ? code : 'identity-skipped', id, expected));
}
function identityScan(identities) {
    const { primary, others } = identities;
    if (others.length >= MOST_IDENTITIES)
        return undefined;
    const targets = others.map((field) => ({ ...field, isPrimary: false }));
    if (primary.kind === 'field')
        targets.push({ path: primary.path, isEcid: primary.isEcid, isPrimary: true });
    const along = scanAlong(targets);
    const isMapped = primary.kind === 'identity-map';
    return {
        scanOf: (field, name, path) => (name === 'identityMap' ? identityMapScan(field, path) : along(field, name, path)),
        isFound: ({ hasIdentity, identities: mapped, primaries }) => (isMapped ? primaries === 1 : primaries <= 1) &&
            (hasIdentity || primary.kind !== 'field') &&
            mapped + targets.length <= MOST_IDENTITIES,
    };
}
function identityMapScan(field, path) {
    const items = field.kind === 'map' && field.values.kind === 'array' ? field.values.items : undefined;
    if (items?.kind !== 'object' || items.isOpen)
        return undefined;
    const [lists, inside] = [(0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .itemPath */ .Lt)(path), (0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .itemPath */ .Lt)((0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .itemPath */ .Lt)(path))];
    let isEcid = false;
    const scanMembers = (0,_kinds_object_js__WEBPACK_IMPORTED_MODULE_2__/* .objectScan */ .th)(items, inside, (member, name, at) => {
        if (name === 'primary')
            return notePrimary((0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .scanOf */ .r3)(member, at));
        return name === 'id' ? noteMapped((0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .scanOf */ .r3)(member, at), () => isEcid) : (0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .scanOf */ .r3)(member, at);
    });
    const scanIdentity = (state, start) => {
        const before = state.identities;
        const end = scanMembers(state, start);
        return state.identities === before + 1 ? end : _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V;
    };
    const scanList = (0,_kinds_collection_js__WEBPACK_IMPORTED_MODULE_4__/* .arrayScan */ .b8)(scanIdentity, inside);
    const scanNamespace = (state, start) => {
        isEcid = isEcidKey(state);
        return scanList?.(state, start) ?? _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V;
    };
    return field.isDeprecated ? undefined : (0,_kinds_collection_js__WEBPACK_IMPORTED_MODULE_4__/* .mapScan */ .Cm)(scanNamespace, lists);
}
function isEcidKey({ bytes, keyStart, keyEnd }) {
    return keyEnd - keyStart === ECID_KEY.length && ECID_KEY.equals(bytes.subarray(keyStart, keyEnd));
}
const ECID_KEY = Buffer.from('"ECID"');
function notePrimary(scan) {
    if (scan === undefined)
        return undefined;
    return (state, start) => {
        if (state.bytes[start] === T)
            state.primaries++;
        return scan(state, start);
    };
}
const T = 0x74;
function noteMapped(scan, isEcidNow) {
    if (scan === undefined)
        return undefined;
    return (state, start) => {
        const end = scan(state, start);
        if (end === _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V || !isIdentityAt(state.bytes, start, { end, isEcid: isEcidNow() }))
            return _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V;
        state.identities++;
        return end;
    };
}
function scanAlong(targets) {
    return (field, name, at) => {
        const [here, ...others] = targets.filter(({ path }) => path[0] === name);
        if (here === undefined)
            return (0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .scanOf */ .r3)(field, at);
        const within = [here, ...others].map(({ path, ...target }) => ({ ...target, path: path.slice(1) }));
        if (others.length === 0 && within[0]?.path.length === 0)
            return noteIdentity((0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .scanOf */ .r3)(field, at), here);
        if (field.kind !== 'object' || field.isDeprecated || within.some(({ path }) => path.length === 0))
            return undefined;
        return (0,_kinds_object_js__WEBPACK_IMPORTED_MODULE_2__/* .objectScan */ .th)(field, at, scanAlong(within));
    };
}
function noteIdentity(scan, { isEcid, isPrimary }) {
    if (scan === undefined)
        return undefined;
    return (state, start) => {
        const end = scan(state, start);
        if (end === _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V || !isIdentityAt(state.bytes, start, { end, isEcid }))
            return _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V;
        if (isPrimary)
            state.hasIdentity = true;
        return end;
    };
}
function isIdentityAt(bytes, start, { end, isEcid }) {
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .QUOTE */ .jA)
        return !isEcid && end - start <= MOST_CHARACTERS;
    const length = end - start - 2;
    if (isEcid && length === ECID_LENGTH && isEcidAt(bytes, start + 1))
        return true;
    const isPlain = !isEcid && length <= MOST_CHARACTERS && isPlainlySomebody(bytes, start + 1);
    return isPlain || wantedInstead((0,_scan_string_js__WEBPACK_IMPORTED_MODULE_7__/* .stringAt */ .bX)(bytes, start, end), isEcid) === undefined;
}
const ECID_LENGTH = 38;
function isEcidAt(bytes, start) {
    if (bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .NINE */ .bn || bytes[start + ECID_LENGTH / 2] === _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .NINE */ .bn)
        return false;
    return (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_6__/* .afterDigits */ .Dg)(bytes, start) === start + ECID_LENGTH;
}
function isPlainlySomebody(bytes, at) {
    const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    if (BEGINS_VALUE[first] === 0 || second === _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .BACKSLASH */ .r_ || third === _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .BACKSLASH */ .r_)
        return false;
    const inLowerCase = (first << 16) | (second << 8) | third | 0x202020;
    return inLowerCase !== NUL && inLowerCase !== ANO && inLowerCase !== INV;
}
const BEGINS_VALUE = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte > _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .SPACE */ .t6 && byte < 127 && byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .QUOTE */ .jA && byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .BACKSLASH */ .r_));
const [NUL, ANO, INV] = ['nul', 'ano', 'inv'].map((letters) => Buffer.from(letters).readUIntBE(0, 3));


/***/ }),

/***/ 1106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IS: () => (/* binding */ parseLossless),
/* harmony export */   Qd: () => (/* binding */ isPlainObject),
/* harmony export */   _J: () => (/* binding */ LosslessNumber),
/* harmony export */   bI: () => (/* binding */ countMembers),
/* harmony export */   ih: () => (/* binding */ parseVerbatim),
/* harmony export */   ip: () => (/* binding */ exactJson),
/* harmony export */   kz: () => (/* binding */ readNumber),
/* harmony export */   sh: () => (/* binding */ countNames),
/* harmony export */   uA: () => (/* binding */ canonicalNumber),
/* harmony export */   vC: () => (/* binding */ holdsTellingNumber)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8908);



class LosslessNumber {
    text;
    constructor(text) {
        this.text = text;
    }
    get isInteger() {
        return /^[+-]?\d+$/.test(this.text);
    }
    get nearest() {
        return Number(this.text);
    }
    get exact() {
        const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(this.text) ?? [];
        const digits = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutLastZeros */ .CF)(whole + fraction);
        const zeros = whole.length + Number(exponent) - digits.length;
        if (digits === '' || /^0+$/.test(digits))
            return 0n;
        return zeros < 0 || zeros > MOST_ZEROS ? undefined : BigInt(sign + digits) * 10n ** BigInt(zeros);
    }
}
const PARTS = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const MOST_ZEROS = 400;
const EXACT_EXPONENT = /^[+-]?\d{1,9}$/;
const MOST_PLAIN_DIGITS = 16;
function canonicalNumber(number) {
    const text = number instanceof LosslessNumber ? number.text : String(number);
    if (Number.isSafeInteger(number))
        return text;
    const [, sign, whole = '', fraction = '', exponent = '0'] = PARTS.exec(text) ?? [];
    if (sign === undefined || !EXACT_EXPONENT.test(exponent))
        return text;
    const all = (whole + fraction).replace(/^0+/, '');
    const digits = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutLastZeros */ .CF)(all);
    if (digits === '')
        return '0';
    const power = Number(exponent) - fraction.length + (all.length - digits.length);
    const isPlain = power >= 0 && digits.length + power <= MOST_PLAIN_DIGITS;
    return `${sign === '-' ? '-' : ''}${digits}${isPlain ? '0'.repeat(power) : `e${power}`}`;
}
function exactJson(text, onDuplicate) {
    return new ExactReader(text, readNumber, onDuplicate).read();
}
const WORDS = new Map([
    ['true', true],
    ['false', false],
    ['null', null],
]);
class ExactReader {
    #text;
    #numberOf;
    #onDuplicate;
    #open = [];
    #name;
    #root;
    #at = 0;
    constructor(text, numberOf, onDuplicate) {
        this.#text = text;
        this.#numberOf = numberOf;
        this.#onDuplicate = onDuplicate;
    }
    read() {
        while (this.#at < this.#text.length)
            this.#token(this.#text[this.#at] ?? '');
        return this.#root;
    }
    #token(first) {
        if (first === '"')
            this.#string();
        else if (first === '{' || first === '[')
            this.#begin(first === '{' ? {} : []);
        else if (first === '}' || first === ']')
            this.#end();
        else if (SEPARATOR.test(first))
            this.#at++;
        else
            this.#scalar();
    }
    #begin(value) {
        this.#put(value);
        this.#open.push({ value, name: '', members: 0 });
        this.#at++;
    }
    #end() {
        this.#open.pop();
        this.#at++;
    }
    #string() {
        const end = closingQuote(this.#text, this.#at + 1);
        const raw = this.#text.slice(this.#at, end + 1);
        const string = raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1);
        this.#at = end + 1;
        const inside = this.#open.at(-1);
        const isName = inside !== undefined && !Array.isArray(inside.value) && this.#name === undefined;
        if (isName)
            this.#name = string;
        else
            this.#put(string);
    }
    #scalar() {
        SCALAR.lastIndex = this.#at;
        const [token = ''] = SCALAR.exec(this.#text) ?? [];
        this.#at += token.length;
        this.#put(WORDS.has(token) ? WORDS.get(token) : this.#numberOf(token));
    }
    #put(value) {
        const inside = this.#open.at(-1);
        if (inside === undefined)
            this.#root = value;
        else if (Array.isArray(inside.value))
            inside.value.push(value);
        else
            this.#putMember(inside, inside.value, value);
    }
    #putMember(inside, object, value) {
        const name = this.#name ?? '';
        this.#name = undefined;
        inside.name = name;
        inside.members++;
        if (Object.hasOwn(object, name))
            this.#reportDuplicate();
        (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .setOwn */ .P5)(object, name, value);
    }
    #reportDuplicate() {
        const way = this.#open.map(stepOf);
        this.#onDuplicate?.((0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_2__/* .pointer */ .W)(way.map((step) => (step.kind === 'item' ? step.at : step.name))), way);
    }
}
function stepOf({ value, name, members }) {
    return Array.isArray(value) ? { kind: 'item', at: value.length - 1 } : { kind: 'member', at: members, name };
}
const SEPARATOR = /[\s,:]/;
const SCALAR = /[^\s,\]}]+/y;
function closingQuote(text, from) {
    let at = text.indexOf('"', from);
    while (isEscaped(text, at))
        at = text.indexOf('"', at + 1);
    return at;
}
function isEscaped(text, at) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\')
        backslashes++;
    return backslashes % 2 === 1;
}
function readNumber(token) {
    const number = Number(token);
    if (/^-?\d+$/.test(token))
        return Number.isSafeInteger(number) ? number : new LosslessNumber(token);
    return Number.isFinite(number) && !Number.isInteger(number) ? number : new LosslessNumber(token);
}
function countMembers(value, depth = 0) {
    if (typeof value !== 'object' || value === null)
        return 0;
    if (depth > DEEPEST)
        return NaN;
    let members = 0;
    if (Array.isArray(value)) {
        for (const item of value)
            members += countMembers(item, depth + 1);
        return members;
    }
    const object = value;
    for (const name in object)
        members += 1 + countMembers(object[name], depth + 1);
    return members;
}
const DEEPEST = 500;
function countNames(text) {
    let names = 0;
    for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
        if (text.charCodeAt(at - 1) === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA)
            names++;
    }
    return names;
}
function holdsTellingNumber(text, decimals) {
    if (holdsTellingDecimal(text, decimals))
        return true;
    if (DIGITS.test(text) && UNQUOTED_DIGITS.test(text) && LONG_INTEGER.test(text))
        return true;
    return DIGIT_AND_E.test(text) && EXPONENT.test(text);
}
const DIGITS = /\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d/;
const UNQUOTED_DIGITS = /[\s:,[]-?\d{16}/;
const LONG_INTEGER = /(?:"\s*:|[,[])\s*-?\d{16}/;
const DIGIT_AND_E = /\d[eE][-+\d]/;
const EXPONENT = /(?:"\s*:|[,[])\s*-?\d+(?:\.\d+)?[eE]/;
function holdsTellingDecimal(text, decimals) {
    for (let point = text.indexOf('.'); point !== -1; point = text.indexOf('.', point + 1)) {
        if (!isTelling(text, point))
            continue;
        const start = numberStart(text, point);
        if (start !== point && !decimals.has(nameBefore(text, start)))
            return true;
    }
    return false;
}
function numberStart(text, point) {
    let at = point;
    while (isDigit(text.charCodeAt(at - 1)))
        at--;
    if (at === point)
        return point;
    const start = text.charCodeAt(at - 1) === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .MINUS */ .N5 ? at - 1 : at;
    return mayStartAt(text, start) ? start : point;
}
function mayStartAt(text, start) {
    const before = text[start - 1];
    return before === ':'
        ? text[start - 2] === '"'
        : before === ',' || before === '[' || before === undefined || isWhitespace(before);
}
function isWhitespace(character) {
    return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
function isDigit(code) {
    return code >= _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .ZERO */ .f2 && code <= _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .NINE */ .bn;
}
function isTelling(text, point) {
    const first = text.charCodeAt(point + 1);
    if (isDigit(text.charCodeAt(point - MOST_WHOLE_DIGITS)))
        return true;
    if (first !== _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .ZERO */ .f2 && first !== _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .NINE */ .bn)
        return false;
    let at = point + 1;
    while (text.charCodeAt(at) === first)
        at++;
    return at - point > 3 || (first === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .ZERO */ .f2 && !isDigit(text.charCodeAt(at)));
}
const MOST_WHOLE_DIGITS = 12;
function nameBefore(text, start) {
    const colon = text.charCodeAt(start - 1) === _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SPACE */ .t6 ? start - 2 : start - 1;
    if (text.charCodeAt(colon) !== _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .COLON */ .oH || text.charCodeAt(colon - 1) !== _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA)
        return '';
    return text.slice(text.lastIndexOf('"', colon - 2) + 1, colon - 1);
}
function parseLossless(text, onDuplicate) {
    const value = JSON.parse(text);
    if (holdsTellingNumber(text, NONE))
        return exactJson(text, onDuplicate);
    if (onDuplicate !== undefined && countNames(text) !== countMembers(value))
        exactJson(text, onDuplicate);
    return value;
}
function parseVerbatim(text, onDuplicate) {
    if (!OTHER_DIGITS.test(text) && !holdsTellingNumber(text, NONE))
        return parseLossless(text, onDuplicate);
    JSON.parse(text);
    return new ExactReader(text, verbatimNumber, onDuplicate).read();
}
const OTHER_DIGITS = /\d\.(?:\d*0(?!\d)|\d{15})/;
function verbatimNumber(token) {
    const number = readNumber(token);
    return typeof number === 'number' && String(number) !== token && token !== '-0' ? new LosslessNumber(token) : number;
}
const NONE = new Set();
function isPlainObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);
}


/***/ }),

/***/ 2633:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EG: () => (/* binding */ checkOf),
/* harmony export */   Lt: () => (/* binding */ itemPath),
/* harmony export */   r3: () => (/* binding */ scanOf)
/* harmony export */ });
/* harmony import */ var _kinds_collection_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8300);
/* harmony import */ var _kinds_date_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7196);
/* harmony import */ var _kinds_number_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7685);
/* harmony import */ var _kinds_object_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9903);
/* harmony import */ var _kinds_string_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9010);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8901);
/* harmony import */ var _scan_json_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(5078);
/* harmony import */ var _scan_read_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9392);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(5521);









function kindOf(field) {
    switch (field.kind) {
        case 'string':
            return { check: () => (0,_kinds_string_js__WEBPACK_IMPORTED_MODULE_4__/* .stringCheck */ .cv)(field), scan: () => (0,_kinds_string_js__WEBPACK_IMPORTED_MODULE_4__/* .stringScan */ .XR)(field), pass: (0,_kinds_string_js__WEBPACK_IMPORTED_MODULE_4__/* .stringPass */ .LL)(field) };
        case 'number':
            return { check: () => (0,_kinds_number_js__WEBPACK_IMPORTED_MODULE_2__/* .numberCheck */ .IH)(field), scan: () => (0,_kinds_number_js__WEBPACK_IMPORTED_MODULE_2__/* .numberScan */ .n9)(field) };
        case 'integer':
            return { check: () => (0,_kinds_number_js__WEBPACK_IMPORTED_MODULE_2__/* .integerCheck */ .tJ)(field), scan: () => (0,_kinds_number_js__WEBPACK_IMPORTED_MODULE_2__/* .integerScan */ .QT)(field) };
        case 'boolean':
            return amongAllowed(field, { check: () => checkBoolean, scan: () => _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .scanBoolean */ .sh });
        case 'date':
            return amongAllowed(field, { check: () => _kinds_date_js__WEBPACK_IMPORTED_MODULE_1__/* .dateCheck */ .Vl, scan: () => _kinds_date_js__WEBPACK_IMPORTED_MODULE_1__/* .dateScan */ .wr });
        case 'date-time':
            return amongAllowed(field, { check: () => _kinds_date_js__WEBPACK_IMPORTED_MODULE_1__/* .dateTimeCheck */ .Cc, scan: () => _kinds_date_js__WEBPACK_IMPORTED_MODULE_1__/* .dateTimeScan */ .nf, pass: _kinds_date_js__WEBPACK_IMPORTED_MODULE_1__/* .passDateTimes */ .up });
        case 'object':
            return {
                check: () => (0,_kinds_object_js__WEBPACK_IMPORTED_MODULE_3__/* .objectCheck */ .mJ)(field, checkOf),
                scan: (path) => (0,_kinds_object_js__WEBPACK_IMPORTED_MODULE_3__/* .objectScan */ .th)(field, path, (inner, _, at) => scanOf(inner, at)),
            };
        case 'map':
            return {
                check: () => (0,_kinds_collection_js__WEBPACK_IMPORTED_MODULE_0__/* .mapCheck */ .TI)(checkOf(field.values)),
                scan: (path) => (0,_kinds_collection_js__WEBPACK_IMPORTED_MODULE_0__/* .mapScan */ .Cm)(scanOf(field.values, itemPath(path)), itemPath(path)),
            };
        case 'array':
            return {
                check: () => (0,_kinds_collection_js__WEBPACK_IMPORTED_MODULE_0__/* .arrayCheck */ .Oh)(checkOf(field.items)),
                scan: (path) => (0,_kinds_collection_js__WEBPACK_IMPORTED_MODULE_0__/* .arrayScan */ .b8)(scanOf(field.items, itemPath(path)), itemPath(path), passOf(field.items)),
            };
        case 'any':
            return untypedKind(field.allowed);
        default:
            return field;
    }
}
function amongAllowed({ kind, allowed }, plain) {
    if (allowed === undefined)
        return plain;
    const check = (0,_walk_js__WEBPACK_IMPORTED_MODULE_8__/* .allowedCheck */ .DB)(kind === 'boolean' ? 'boolean' : 'string', allowed, plain.check());
    return { check: () => check, scan: () => (0,_scan_read_js__WEBPACK_IMPORTED_MODULE_7__/* .readScan */ .C)(check) };
}
function untypedKind(allowed) {
    if (allowed === undefined)
        return { check: () => checkNothing, scan: () => scanAnything };
    const check = (0,_walk_js__WEBPACK_IMPORTED_MODULE_8__/* .untypedCheck */ .AU)(allowed);
    return { check: () => check, scan: () => (0,_scan_read_js__WEBPACK_IMPORTED_MODULE_7__/* .readScan */ .C)(check) };
}
function scanAnything(state, start) {
    return state.bytes[start] === N ? _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V : (0,_scan_json_js__WEBPACK_IMPORTED_MODULE_6__/* .scanJson */ .Ey)(state, start);
}
const N = 0x6e;
function itemPath(path) {
    return path === undefined ? undefined : `${path}/*`;
}
function checkOf(field) {
    const check = kindOf(field).check();
    return field.isDeprecated ? deprecatedCheck(check) : check;
}
const DEPRECATED = { expected: 'a field in use', received: 'a deprecated field' };
function deprecatedCheck(check) {
    return (value, walk) => {
        walk.report('deprecated-field', DEPRECATED);
        check(value, walk);
    };
}
function scanOf(field, path) {
    const scan = kindOf(field).scan(path);
    return field.isDeprecated && scan !== undefined ? deprecatedScan(scan, path) : scan;
}
function passOf(items) {
    return items.isDeprecated ? undefined : kindOf(items).pass;
}
function deprecatedScan(scan, path) {
    const note = (0,_scan_js__WEBPACK_IMPORTED_MODULE_5__/* .noteOf */ .kH)('deprecated-field', path, DEPRECATED);
    if (note === undefined)
        return undefined;
    return (state, start) => {
        const noted = state.notes.length;
        state.notes.add(note, start);
        const end = scan(state, start);
        if (end === _scan_js__WEBPACK_IMPORTED_MODULE_5__/* .DOUBT */ .$V)
            state.notes.length = noted;
        return end;
    };
}
function checkBoolean(value, walk) {
    if (typeof value !== 'boolean')
        walk.reportMismatch(value, 'true or false');
}
function checkNothing(value, walk) {
    walk.passBy(value);
}


/***/ }),

/***/ 8300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Oh: () => (/* binding */ arrayCheck),
  b8: () => (/* binding */ arrayScan),
  TI: () => (/* binding */ mapCheck),
  Cm: () => (/* binding */ mapScan)
});

// EXTERNAL MODULE: ./build/schema/scan.js + 1 modules
var schema_scan = __nccwpck_require__(8901);
// EXTERNAL MODULE: ./build/schema/scan/json.js
var json = __nccwpck_require__(5078);
// EXTERNAL MODULE: ./build/schema/scan/tokens.js
var tokens = __nccwpck_require__(8894);
;// CONCATENATED MODULE: ./build/schema/scan/known-keys.js

const MOST_KNOWN = 128;
const MOST_MISSES = 2_000;
class KnownKeys {
    #table = new tokens/* TokenTable */.wI([], tokens/* LEAST_TOKEN_LENGTH */.BE);
    #beginning = new tokens/* ByteToken */.yU(Buffer.from('    '), { spelling: 0, lastObject: 0 });
    #before = this.#beginning;
    #known = 0;
    #misses = 0;
    #isOver = false;
    begin() {
        this.#before = this.#beginning;
        this.#isOver = this.#misses > MOST_MISSES;
    }
    find(state, at) {
        if (this.#isOver)
            return undefined;
        const before = this.#before;
        let key = before.next;
        if (key === undefined || !key.standsAt(state, at)) {
            key = this.#table.find(state, at);
            if (key === undefined) {
                this.#misses++;
                return undefined;
            }
            before.next = key;
        }
        if (this.#misses > 0)
            this.#misses--;
        return (this.#before = key);
    }
    learn({ bytes }, start, end, key) {
        if (this.#isOver || this.#known >= MOST_KNOWN || end - start < tokens/* LEAST_TOKEN_LENGTH */.BE)
            return false;
        this.#known++;
        this.#table.add(new tokens/* ByteToken */.yU(Buffer.from(bytes.subarray(start, end)), key));
        return true;
    }
}

// EXTERNAL MODULE: ./build/schema/walk.js
var schema_walk = __nccwpck_require__(5521);
// EXTERNAL MODULE: ./build/schema/json.js
var schema_json = __nccwpck_require__(1106);
;// CONCATENATED MODULE: ./build/schema/kinds/collection.js





function arrayCheck(checkItem) {
    return (value, walk) => {
        if (!Array.isArray(value)) {
            walk.reportMismatch(value, 'an array');
            return;
        }
        for (let at = 0; at < value.length; at++) {
            const item = value[at];
            walk.enter(at);
            if (item === null)
                (0,schema_walk/* reportNull */.wg)(walk);
            else
                checkItem(item, walk);
            walk.leave();
        }
    };
}
function arrayScan(scan, path, pass) {
    if (scan === undefined)
        return undefined;
    const items = { scan, ofNull: (0,schema_scan/* noteOf */.kH)('null-value', path, schema_walk/* UNWANTED_NULL */.F7), pass };
    return (state, start) => (0,json/* scanArray */.Js)(state, start, items);
}
function mapCheck(checkValue) {
    return (value, walk) => {
        if (!(0,schema_json/* isPlainObject */.Qd)(value)) {
            walk.reportMismatch(value, 'an object that maps keys to values');
            return;
        }
        let position = 0;
        for (const key in value) {
            walk.members++;
            const inner = value[key];
            walk.enterKey(key, ++position);
            if (key === '')
                walk.report('map-key', { expected: 'a key with at least one character', received: 'an empty key' });
            if (inner === null)
                (0,schema_walk/* reportNull */.wg)(walk);
            else
                checkValue(inner, walk);
            walk.leave();
        }
    };
}
const EMPTY_KEY_LENGTH = 2;
function mapScan(scanValue, path) {
    if (scanValue === undefined)
        return undefined;
    const scan = (state, start) => state.keyEnd - state.keyStart === EMPTY_KEY_LENGTH ? schema_scan/* DOUBT */.$V : scanValue(state, start);
    const values = { scan, ofNull: (0,schema_scan/* noteOf */.kH)('null-value', path, schema_walk/* UNWANTED_NULL */.F7), known: new KnownKeys() };
    return (state, start) => (0,json/* scanEntries */.Ib)(state, start, values);
}


/***/ }),

/***/ 7196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ isDate),
/* harmony export */   Ar: () => (/* binding */ isDateTime),
/* harmony export */   Cc: () => (/* binding */ dateTimeCheck),
/* harmony export */   Jg: () => (/* binding */ EPOCH_SURELY),
/* harmony export */   Vl: () => (/* binding */ dateCheck),
/* harmony export */   hF: () => (/* binding */ daysOf),
/* harmony export */   nf: () => (/* binding */ dateTimeScan),
/* harmony export */   up: () => (/* binding */ passDateTimes),
/* harmony export */   wr: () => (/* binding */ dateScan)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4869);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1106);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8901);
/* harmony import */ var _scan_number_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4993);
/* harmony import */ var _scan_read_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9392);





function dateCheck(value, walk) {
    if (typeof value !== 'string')
        checkEpoch(value, walk, DATE);
    else if (!isDate(value))
        reportDate(value, walk);
}
function dateTimeCheck(value, walk) {
    if (typeof value !== 'string')
        checkEpoch(value, walk, DATE_TIME);
    else if (!isDateTime(value)) {
        walk.reportShape('date-time-format', value, { expected: DATE_TIME, hint: dateTimeHint(value) });
    }
}
function dateScan(state, start) {
    const { bytes } = state;
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA)
        return scanEpoch(state, start, readDate);
    const end = start + 1 + DATE_LENGTH;
    return isDayAt(state, start + 1) && bytes[end] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA ? end + 1 : readDate(state, start);
}
function dateTimeScan(state, start) {
    const { bytes } = state;
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA)
        return scanEpoch(state, start, readDateTime);
    const end = afterDateTime(state, start + 1);
    return end !== _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V && bytes[end] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA ? end + 1 : readDateTime(state, start);
}
function passDateTimes({ window }, start) {
    return window.afterMoments(start);
}
const LEAST_EPOCH_DIGITS = 12;
const MOST_EPOCH_DIGITS = 15;
function scanEpoch(state, start, scanRead) {
    const { bytes } = state;
    const first = bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .MINUS */ .N5 ? start + 1 : start;
    const end = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_2__/* .afterDigits */ .Dg)(bytes, first);
    const digits = end - first;
    const isPlain = digits >= LEAST_EPOCH_DIGITS && digits <= MOST_EPOCH_DIGITS && (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_2__/* .isWhole */ .wP)(bytes, first, end);
    return isPlain && bytes[end] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .POINT */ .zh && !(0,_scan_number_js__WEBPACK_IMPORTED_MODULE_2__/* .isExponent */ .MI)(bytes[end]) ? end : scanRead(state, start);
}
function isDate(string) {
    return string.length === DATE_LENGTH && isDayAt(toBytes(string), 0);
}
function isDateTime(string) {
    return string.length <= LONGEST_DATE_TIME && afterDateTime(toBytes(string), 0) === string.length;
}
const readDate = (0,_scan_read_js__WEBPACK_IMPORTED_MODULE_3__/* .readScan */ .C)(dateCheck);
const readDateTime = (0,_scan_read_js__WEBPACK_IMPORTED_MODULE_3__/* .readScan */ .C)(dateTimeCheck);
const DATE = 'a date as YYYY-MM-DD';
const DATE_TIME = 'a date and time as YYYY-MM-DDThh:mm:ss, with Z or an offset as +hh:mm';
function reportDate(value, walk) {
    const code = isDateTime(value) ? 'date-with-time' : 'date-format';
    walk.reportShape(code, value, { expected: DATE, hint: isDate(padDigits(value)) ? 'write two digits' : undefined });
}
function padDigits(value) {
    return value.replace(/(?<![\d.])\d(?!\d)/g, '0$&');
}
function dateTimeHint(value) {
    if (isDateTime(value.replace(/[ t]/, 'T').replace(/z$/, 'Z')))
        return 'put "T" between date and time';
    if (isDateTime(padDigits(value)))
        return 'write two digits';
    if (isDateTime(`${value}Z`))
        return 'add "Z" or an offset';
    if (isDateTime(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
        return 'write the offset with a colon';
    return isDate(value) ? 'add a time' : undefined;
}
const SECONDS_BELOW = 1e11;
const EPOCH_SURELY = { low: SECONDS_BELOW, high: Number.MAX_SAFE_INTEGER };
const LONG_END = 2 ** 63;
function checkEpoch(value, walk, expected) {
    const isLong = value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J ? value.isInteger : Number.isInteger(value);
    if (!isLong) {
        walk.reportMismatch(value, `${expected}, or epoch milliseconds`);
        return;
    }
    const epochMs = value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J ? value.nearest : value;
    if (Math.abs(epochMs) < SECONDS_BELOW)
        walk.reportValue('epoch-seconds', value, 'epoch milliseconds (13 digits today)');
    else if (Math.abs(epochMs) >= LONG_END)
        walk.reportValue('integer-range', value, 'epoch milliseconds of at most 64 bits');
}
const DATE_LENGTH = 10;
const SECOND_LENGTH = '0000-00-00T00:00:00'.length;
const MOST_FRACTION_DIGITS = 9;
const LONGEST_DATE_TIME = '0000-00-00T00:00:00.000000000+00:00'.length;
const Z = 90;
const SCRATCH = scratch(Buffer.alloc(LONGEST_DATE_TIME + DATE_LENGTH));
function scratch(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return { bytes, view, lastWord: bytes.length - _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .WORD_LENGTH */ .Ue };
}
function toBytes(string) {
    const { bytes } = SCRATCH;
    for (let at = 0; at < string.length; at++) {
        const unit = string.charCodeAt(at);
        bytes[at] = unit < 128 ? unit : 0;
    }
    bytes[string.length] = 0;
    return SCRATCH;
}
function afterDateTime(text, start) {
    const { view, lastWord } = text;
    if (start + 16 > lastWord)
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    const day = view.getInt32(start + 8, true);
    if (!isDay(view.getInt32(start, true), view.getInt32(start + 4, true), day & TWO_BYTES))
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    const last = view.getInt32(start + 16, true);
    if (!isTime(day, view.getInt32(start + 12, true), last))
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    if (last >>> 24 === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .POINT */ .zh && start + 20 <= lastWord && isMillis(view.getInt32(start + 20, true)))
        return start + 24;
    return afterOffset(text, afterFraction(text, start + SECOND_LENGTH));
}
function isDayAt({ view, lastWord }, at) {
    if (at + 8 > lastWord)
        return false;
    return isDay(view.getInt32(at, true), view.getInt32(at + 4, true), view.getInt32(at + 8, true) & TWO_BYTES);
}
function isDay(yearBytes, monthBytes, dayBytes) {
    const year = yearBytes ^ YEAR;
    const month = monthBytes ^ MONTH;
    const day = dayBytes ^ DAY;
    const years = (year | (year + YEAR_ROOM)) & YEAR_FIXED;
    const months = (month | (month + MONTH_ROOM)) & MONTH_FIXED;
    const days = (day | (day + DAY_ROOM)) & DAY_FIXED;
    if ((years | months | days) !== 0)
        return false;
    const monthNumber = pairIn(month >>> 8);
    const dayNumber = pairIn(day);
    if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1)
        return false;
    return dayNumber <= FEWEST_DAYS || dayNumber <= daysOf(monthNumber, pairIn(year) * 100 + pairIn(year >>> 16));
}
function isTime(first, middle, last) {
    const tens = first ^ TENS;
    const hour = middle ^ HOUR;
    const second = last ^ SECOND;
    const all = ((tens | (tens + TENS_ROOM)) & TENS_FIXED) | ((hour | (hour + HOUR_ROOM)) & HOUR_FIXED);
    if ((all | ((second | (second + SECOND_ROOM)) & SECOND_FIXED)) !== 0)
        return false;
    return (tens >>> 24) * 10 + (hour & 0xff) < 24;
}
function isMillis(bytes) {
    const millis = bytes ^ MILLIS;
    return ((millis | (millis + MILLIS_ROOM)) & MILLIS_FIXED) === 0;
}
const TWO_BYTES = 0xffff;
function formOf(largest) {
    const form = { zero: 0, room: 0, fixed: 0 };
    for (const [index, character] of Array.from(largest).entries()) {
        if (character === '?')
            continue;
        const isDigit = character >= '0' && character <= '9';
        form.zero |= (isDigit ? _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .ZERO */ .f2 : character.charCodeAt(0)) << (8 * index);
        form.room |= (isDigit ? 15 - Number(character) : 0) << (8 * index);
        form.fixed |= (isDigit ? 0xf0 : 0xff) << (8 * index);
    }
    return form;
}
const { zero: YEAR, room: YEAR_ROOM, fixed: YEAR_FIXED } = formOf('9999');
const { zero: MONTH, room: MONTH_ROOM, fixed: MONTH_FIXED } = formOf('-19-');
const { zero: DAY, room: DAY_ROOM, fixed: DAY_FIXED } = formOf('39');
const { zero: TENS, room: TENS_ROOM, fixed: TENS_FIXED } = formOf('??T2');
const { zero: HOUR, room: HOUR_ROOM, fixed: HOUR_FIXED } = formOf('9:59');
const { zero: SECOND, room: SECOND_ROOM, fixed: SECOND_FIXED } = formOf(':59?');
const { zero: MILLIS, room: MILLIS_ROOM, fixed: MILLIS_FIXED } = formOf('999Z');
const { zero: AWAY, room: AWAY_ROOM, fixed: AWAY_FIXED } = formOf('?29:');
const { zero: MINUTE, room: MINUTE_ROOM, fixed: MINUTE_FIXED } = formOf('59??');
function pairIn(digits) {
    return (digits & 0xff) * 10 + ((digits >>> 8) & 0xff);
}
const FEWEST_DAYS = 28;
function daysOf(month, year) {
    if (month === 2)
        return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
    if (month === 4 || month === 6 || month === 9 || month === 11)
        return 30;
    return month >= 1 && month <= 12 ? 31 : 0;
}
function afterFraction({ bytes, view, lastWord }, start) {
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .POINT */ .zh)
        return start;
    let at = start + 1;
    for (; at <= lastWord; at += _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .WORD_LENGTH */ .Ue) {
        const some = view.getInt32(at, true) ^ YEAR;
        if (((some | (some + YEAR_ROOM)) & YEAR_FIXED) !== 0)
            break;
    }
    const end = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_2__/* .afterDigits */ .Dg)(bytes, at);
    const digits = end - start - 1;
    return digits >= 1 && digits <= MOST_FRACTION_DIGITS ? end : _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
}
function afterOffset({ bytes, view, lastWord }, at) {
    if (at === _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V)
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    const sign = bytes[at];
    if (sign === Z)
        return at + 1;
    if ((sign !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .PLUS */ .b9 && sign !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .MINUS */ .N5) || at + 4 > lastWord)
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    const hour = view.getInt32(at, true) ^ AWAY;
    const minute = view.getInt32(at + 4, true) ^ MINUTE;
    const minutes = (minute | (minute + MINUTE_ROOM)) & MINUTE_FIXED;
    if ((((hour | (hour + AWAY_ROOM)) & AWAY_FIXED) | minutes) !== 0)
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    return pairIn(hour >>> 8) < 24 ? at + 6 : _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
}


/***/ }),

/***/ 7685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IH: () => (/* binding */ numberCheck),
/* harmony export */   QT: () => (/* binding */ integerScan),
/* harmony export */   n9: () => (/* binding */ numberScan),
/* harmony export */   nm: () => (/* binding */ integerField),
/* harmony export */   sJ: () => (/* binding */ numberField),
/* harmony export */   tJ: () => (/* binding */ integerCheck)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4869);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1106);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2608);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8901);
/* harmony import */ var _scan_number_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4993);
/* harmony import */ var _scan_read_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9392);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5521);







function numberField(node, place) {
    return { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .commonOf */ .$N)(node), kind: 'number', allowed: (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .allowedOf */ .mr)(node, place), bounds: boundsOf(node) };
}
function integerField(node, type, place) {
    const [range, allowed] = [(0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .integerRange */ .As)(type, node), (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .allowedOf */ .mr)(node, place)];
    return { ...(0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .commonOf */ .$N)(node), kind: 'integer', range, allowed, bounds: boundsOf(node) };
}
function boundsOf({ keywords }) {
    return {
        minimum: (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(keywords['minimum'], -Infinity),
        maximum: (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(keywords['maximum'], Infinity),
        exclusiveMinimum: (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(keywords['exclusiveMinimum'], -Infinity),
        exclusiveMaximum: (0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .numberOf */ .rl)(keywords['exclusiveMaximum'], Infinity),
    };
}
function numberCheck({ bounds, allowed }) {
    return (value, walk) => {
        if (isUnwritable(value)) {
            walk.report('not-finite', { expected: 'a number', received: String(value) });
            return;
        }
        const number = typeof value === 'number' ? value : toNumber(value, walk);
        if (number === undefined)
            return;
        if (!Number.isFinite(number))
            walk.reportValue('number-range', value, 'a number within about \u00b11.8e308');
        else if (!isWithin(bounds, number))
            reportBounds(bounds, value, walk);
        if (allowed !== undefined && !allowed.values.has(number))
            (0,_walk_js__WEBPACK_IMPORTED_MODULE_5__/* .reportNotAllowed */ .UT)(allowed, value, walk);
    };
}
function toNumber(value, walk) {
    if (value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J)
        return nearestNumber(value, walk);
    if (typeof value !== 'string')
        walk.reportMismatch(value, 'a number');
    else if (DECIMAL.test(value))
        return nearestNumber(new _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J(value), walk);
    else
        walk.reportShape('number-format', value, { expected: 'a number', noun: NOT_A_NUMBER });
    return undefined;
}
const NOT_A_NUMBER = 'a string that is not a number,';
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
function nearestNumber(value, walk) {
    const number = value.nearest;
    const isChanged = value.isInteger && Number.isFinite(number) && BigInt(number) !== value.exact;
    if (isChanged)
        walk.reportValue('number-precision', value, 'at most 15 to 17 digits');
    return number;
}
function numberScan(field) {
    const { bounds, allowed } = field;
    const isFree = allowed === undefined && isWithin(bounds, -Number.MAX_VALUE) && isWithin(bounds, Number.MAX_VALUE);
    const isInOrder = (number) => isWithin(bounds, number) && (allowed === undefined || allowed.values.has(number));
    const scanRead = (0,_scan_read_js__WEBPACK_IMPORTED_MODULE_4__/* .readScan */ .C)(numberCheck(field));
    return (state, start) => {
        const { bytes } = state;
        const isText = bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .QUOTE */ .jA;
        const from = isText ? start + 1 : start;
        const first = bytes[from] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .MINUS */ .N5 ? from + 1 : from;
        const point = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .afterMixedDigits */ .WR)(state, first);
        const end = bytes[point] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .POINT */ .zh ? (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .afterMixedDigits */ .WR)(state, point + 1) : point;
        const isPlain = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .isWhole */ .wP)(bytes, first, point) && end !== point + 1;
        if (isPlain && isFree && (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .isExponent */ .MI)(bytes[end]) && point - first <= MOST_DIGITS) {
            const stop = afterSmallExponent(bytes, end);
            if (stop !== _scan_js__WEBPACK_IMPORTED_MODULE_2__/* .DOUBT */ .$V && !isText)
                return stop;
        }
        if (!isPlain || (isText ? bytes[end] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .QUOTE */ .jA : (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .isExponent */ .MI)(bytes[end])))
            return scanRead(state, start);
        const stop = isText ? end + 1 : end;
        const isSmall = point - first <= MOST_DIGITS;
        if (isFree && (isSmall || (end > point && point - first <= MOST_WHOLE_DIGITS)))
            return stop;
        if (!isSmall)
            return scanRead(state, start);
        const whole = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .verbatimAt */ .yl)(bytes, first, point);
        const sign = first === from ? 1 : -1;
        if (allowed === undefined && isInOrder(sign * whole) && isInOrder(sign * (whole + 1)))
            return stop;
        if (end - first > MOST_DIGITS)
            return isInOrder(Number(bytes.toString('latin1', from, end))) ? stop : _scan_js__WEBPACK_IMPORTED_MODULE_2__/* .DOUBT */ .$V;
        return isInOrder(sign * (end === point ? whole : decimalAt(bytes, { first, point, end }))) ? stop : _scan_js__WEBPACK_IMPORTED_MODULE_2__/* .DOUBT */ .$V;
    };
}
function integerCheck({ range, bounds, allowed }) {
    const { min, max } = range;
    const toInteger = integerConverter(range);
    return (value, walk) => {
        const integer = Number.isInteger(value) ? value : toInteger(value, walk);
        if (integer === undefined)
            return;
        const number = Number(integer);
        if (integer < min || integer > max)
            walk.reportValue('integer-range', value, rangeWords(range));
        else if (!isWithin(bounds, number))
            reportBounds(bounds, value, walk);
        else if (typeof integer === 'bigint' && BigInt(number) !== integer)
            walk.reportValue('integer-precision', value, 'at most 15 to 17 digits');
        if (allowed !== undefined && !allowed.values.has(number))
            (0,_walk_js__WEBPACK_IMPORTED_MODULE_5__/* .reportNotAllowed */ .UT)(allowed, value, walk);
    };
}
function isUnwritable(value) {
    return typeof value === 'number' && !Number.isFinite(value);
}
function integerConverter(range) {
    return (value, walk) => {
        if (isUnwritable(value))
            walk.report('type-mismatch', { expected: rangeWords(range), received: String(value) });
        else if (typeof value === 'number')
            return reportFraction(value, walk);
        else if (value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J)
            return losslessInteger(value, walk);
        else if (typeof value !== 'string')
            walk.reportMismatch(value, rangeWords(range));
        else if (WHOLE.test(value))
            return exactInteger(value);
        else
            walk.reportShape('number-format', value, { expected: 'an integer', noun: NOT_A_NUMBER });
        return undefined;
    };
}
function exactInteger(digits) {
    const number = Number(digits);
    return Number.isSafeInteger(number) || Math.abs(number) > 2 ** 64 ? number : BigInt(digits);
}
const WHOLE = /^[+-]?\d+$/;
function reportFraction(value, walk) {
    const number = typeof value === 'number' ? value : value.nearest;
    if (Number.isFinite(number))
        walk.reportValue('integer-fraction', value, 'an integer without a fraction');
    return Math.trunc(number);
}
function losslessInteger(value, walk) {
    const { nearest: closest, exact } = value;
    if (exact === undefined || !Number.isFinite(closest))
        return reportFraction(value, walk);
    if (!value.isInteger)
        walk.reportValue('integer-decimal', value, 'an integer without a decimal point or exponent');
    return exact;
}
function rangeWords({ min, max }) {
    return `an integer from ${min} to ${max}`;
}
function integerScan(field) {
    const { range, bounds, allowed } = field;
    const [min, max] = [Number(range.min), Number(range.max)];
    const isInOrder = (number) => number >= min && number <= max && isWithin(bounds, number);
    const isAllowed = allowed === undefined ? isInOrder : allowedInteger(allowed, isInOrder);
    const sureDigits = allowed === undefined ? { above: digitsWithin(isInOrder, 1), below: digitsWithin(isInOrder, -1) } : NONE;
    const takesExact = allowed === undefined && isInOrder(Number.MAX_SAFE_INTEGER) && isInOrder(Number.MIN_SAFE_INTEGER);
    const scanRead = (0,_scan_read_js__WEBPACK_IMPORTED_MODULE_4__/* .readScan */ .C)(integerCheck(field));
    const { above, below } = sureDigits;
    return (state, start) => {
        const { bytes } = state;
        const isText = bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .QUOTE */ .jA;
        const from = isText ? start + 1 : start;
        const isBelow = bytes[from] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .MINUS */ .N5;
        const first = isBelow ? from + 1 : from;
        const end = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .afterDigits */ .Dg)(bytes, first);
        if (!(0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .isWhole */ .wP)(bytes, first, end) || (isText && bytes[end] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .QUOTE */ .jA))
            return scanRead(state, start);
        const isSure = takesExact && end - first === MOST_INTEGER_DIGITS && isExact(state.view, first);
        if (end - first > (isBelow ? below : above) && !isSure) {
            const size = end - first > MOST_INTEGER_DIGITS ? Infinity : (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .verbatimAt */ .yl)(bytes, first, end);
            if (size > Number.MAX_SAFE_INTEGER)
                return scanRead(state, start);
            if (!isAllowed(isBelow ? -size : size))
                return _scan_js__WEBPACK_IMPORTED_MODULE_2__/* .DOUBT */ .$V;
        }
        return isText ? end + 1 : end;
    };
}
const NONE = { above: 0, below: 0 };
function allowedInteger({ values }, isInOrder) {
    const isIn = (number) => values.has(number) && isInOrder(number);
    const small = Uint8Array.from({ length: 256 }, (_, number) => Number(isIn(number)));
    return (number) => (number >= 0 && number < small.length ? small[number] === 1 : isIn(number));
}
const LARGEST = [0, 4, 8, 12].map((at) => Buffer.from(String(Number.MAX_SAFE_INTEGER)).readUInt32BE(at));
function isExact(view, first) {
    for (let index = 0, at = first; index < LARGEST.length; index++, at += _scan_js__WEBPACK_IMPORTED_MODULE_2__/* .WORD_LENGTH */ .Ue) {
        const [word, largest] = [view.getUint32(at), LARGEST[index] ?? 0];
        if (word !== largest)
            return word < largest;
    }
    return true;
}
function digitsWithin(isInOrder, sign) {
    let digits = 0;
    for (let largest = 9; digits < MOST_DIGITS && isInOrder(sign * largest); largest = largest * 10 + 9)
        digits++;
    return isInOrder(0) ? digits : 0;
}
function isWithin({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }, number) {
    return number >= minimum && number <= maximum && number > exclusiveMinimum && number < exclusiveMaximum;
}
function reportBounds(bounds, value, walk) {
    walk.reportValue('bounds', value, `a number ${boundsWords(bounds).join(' and ')}`);
}
function boundsWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) {
    return [
        ...(minimum === -Infinity ? [] : [`of at least ${minimum}`]),
        ...(exclusiveMinimum === -Infinity ? [] : [`above ${exclusiveMinimum}`]),
        ...(maximum === Infinity ? [] : [`of at most ${maximum}`]),
        ...(exclusiveMaximum === Infinity ? [] : [`below ${exclusiveMaximum}`]),
    ];
}
const MOST_DIGITS = 15;
const MOST_INTEGER_DIGITS = 16;
function afterSmallExponent(bytes, at) {
    const sign = bytes[at + 1];
    const first = sign === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .PLUS */ .b9 || sign === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .MINUS */ .N5 ? at + 2 : at + 1;
    const end = (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .afterDigits */ .Dg)(bytes, first);
    const digits = end - first;
    return digits > 0 && digits <= 3 && (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .verbatimAt */ .yl)(bytes, first, end) <= LARGEST_EXPONENT ? end : _scan_js__WEBPACK_IMPORTED_MODULE_2__/* .DOUBT */ .$V;
}
const LARGEST_EXPONENT = 290;
const MOST_WHOLE_DIGITS = 300;
const SCALES = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, digits) => 10 ** digits);
function decimalAt(bytes, { first, point, end }) {
    const scale = SCALES[end - point - 1] ?? NaN;
    return ((0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .verbatimAt */ .yl)(bytes, first, point) * scale + (0,_scan_number_js__WEBPACK_IMPORTED_MODULE_3__/* .verbatimAt */ .yl)(bytes, point + 1, end)) / scale;
}


/***/ }),

/***/ 9903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ZJ: () => (/* binding */ suggesterOf),
/* harmony export */   mJ: () => (/* binding */ objectCheck),
/* harmony export */   th: () => (/* binding */ objectScan)
/* harmony export */ });
/* harmony import */ var _lib_similar_names_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9292);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4869);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8901);
/* harmony import */ var _scan_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5078);
/* harmony import */ var _scan_string_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6845);
/* harmony import */ var _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8894);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5521);
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8908);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1106);









function objectCheck(field, checkOf) {
    const entries = membersByName(field, checkOf);
    const checkMembers = membersCheck(field, entries);
    return (value, walk) => {
        if ((0,_json_js__WEBPACK_IMPORTED_MODULE_5__/* .isPlainObject */ .Qd)(value))
            checkMembers(value, walk);
        else
            walk.reportMismatch(value, 'an object');
    };
}
function membersCheck(field, entries) {
    const required = [...entries.values()].filter((entry) => entry.required === 1).length;
    const suggest = suggesterOf(field);
    const order = [];
    return (value, walk) => {
        let present = 0;
        let at = 0;
        for (const name in value) {
            let entry = order[at];
            if (entry?.name !== name)
                entry = order[at] = entries.get(name);
            at++;
            const member = value[name];
            if (entry === undefined) {
                walk.enterUnknown(name, at);
                walk.passBy(member);
                if (!field.isOpen)
                    reportUnknown(member, walk, walk.mayHelp() ? suggest(name) : undefined);
            }
            else {
                walk.enter(name);
                present += entry.required;
                if (member === null)
                    reportNullMember(entry, walk);
                else
                    entry.check(member, walk);
            }
            walk.leave();
        }
        walk.members += at;
        if (present < required)
            reportMissing(value, walk, entries);
    };
}
function membersByName({ fields, required }, checkOf) {
    const entries = new Map();
    for (const [name, field] of fields) {
        entries.set(name, {
            name,
            check: checkOf(field),
            required: required.has(name) ? 1 : 0,
            hasDefault: field.hasDefault,
        });
    }
    return entries;
}
function reportUnknown(value, walk, hint) {
    walk.report('unknown-field', { expected: 'a field of the schema', received: (0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .typeName */ .go)(value), hint });
}
function reportNullMember({ required, hasDefault }, walk) {
    const code = hasDefault ? 'required-defaulted' : 'required-null';
    if (required === 1)
        walk.report(code, REQUIRED_NULL);
    else
        (0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .reportNull */ .wg)(walk);
}
const REQUIRED_NULL = { expected: 'a value', received: 'null' };
function reportMissing(value, walk, entries) {
    for (const [name, { required, hasDefault }] of entries) {
        if (required === 0 || Object.hasOwn(value, name))
            continue;
        walk.enter(name);
        walk.report(hasDefault ? 'required-defaulted' : 'required-missing', { expected: 'a value', received: 'nothing' });
        walk.leave();
    }
}
function objectScan(field, path, scanOf) {
    const { required } = field;
    if (field.isOpen && field.fields.size === 0)
        return scanOpenObject;
    const names = new MemberNames(scannedMembers(field, path, scanOf));
    return (state, start) => {
        const { bytes } = state;
        if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .OPEN_BRACE */ .Hv)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        const object = ++state.objects;
        let missing = required.size;
        let at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, start + 1);
        if (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .CLOSE_BRACE */ .rc)
            return missing === 0 ? at + 1 : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        let before = names.first;
        for (;;) {
            let name = before.next;
            if (name === undefined || !name.standsAt(state, at)) {
                name = names.find(state, at);
                if (name === undefined)
                    return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
                before.next = name;
            }
            const member = name.meaning;
            if (member === undefined || member.lastObject === object)
                return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
            member.lastObject = object;
            missing -= member.required;
            const valueAt = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, at + name.length);
            const end = bytes[valueAt] === N ? (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .noteNull */ .k$)(state, valueAt, member.ofNull) : member.scan(state, valueAt);
            if (end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
                return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
            at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, end);
            if (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .CLOSE_BRACE */ .rc)
                return missing === 0 ? at + 1 : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
            if (bytes[at] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .COMMA */ .KE)
                return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
            at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, at + 1);
            before = name;
        }
    };
}
const N = 0x6e;
function scanOpenObject(state, start) {
    return state.bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .OPEN_BRACE */ .Hv ? (0,_scan_json_js__WEBPACK_IMPORTED_MODULE_1__/* .scanJson */ .Ey)(state, start) : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
}
function scannedMembers({ fields, required }, path, scanOf) {
    const members = new Map();
    for (const [name, field] of fields) {
        const inside = path === undefined ? undefined : path + (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_7__/* .pointer */ .W)([name]);
        const scan = scanOf(field, name, inside);
        if (scan === undefined)
            continue;
        const isRequired = required.has(name);
        const ofNull = isRequired
            ? (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .noteOf */ .kH)(field.hasDefault ? 'required-defaulted' : 'required-null', inside, REQUIRED_NULL)
            : (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .noteOf */ .kH)('null-value', inside, _walk_js__WEBPACK_IMPORTED_MODULE_4__/* .UNWANTED_NULL */ .F7);
        members.set(name, { scan, ofNull, required: isRequired ? 1 : 0, lastObject: 0, spellings: 0 });
    }
    return members;
}
const MOST_SPELLINGS = 4;
class MemberNames {
    first = new _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .ByteToken */ .yU(Buffer.from('    '), undefined);
    #members;
    #table;
    constructor(members) {
        this.#members = members;
        const names = [...members].flatMap(([name, member]) => nameToken((0,_scan_string_js__WEBPACK_IMPORTED_MODULE_2__/* .quotedBytes */ .Q5)(name), member) ?? []);
        this.#table = new _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .TokenTable */ .wI(names);
    }
    find(state, at) {
        return this.#table.find(state, at) ?? this.#learn(state, at);
    }
    #learn(state, at) {
        const { bytes } = state;
        const end = (0,_scan_string_js__WEBPACK_IMPORTED_MODULE_2__/* .scanString */ .pM)(state, at);
        const colon = end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V ? _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V : (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, end);
        if (colon === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V || bytes[colon] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .COLON */ .oH)
            return undefined;
        const member = this.#members.get((0,_scan_string_js__WEBPACK_IMPORTED_MODULE_2__/* .stringAt */ .bX)(bytes, at, end));
        if (member === undefined)
            return undefined;
        if (colon + 1 - at < _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .LEAST_TOKEN_LENGTH */ .BE)
            return undefined;
        const token = new _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .ByteToken */ .yU(Buffer.from(bytes.subarray(at, colon + 1)), member);
        if (member.spellings++ < MOST_SPELLINGS)
            this.#table.add(token);
        return token;
    }
}
const COLON_LENGTH = 1;
function nameToken(quoted, member) {
    if (quoted === undefined || quoted.length + COLON_LENGTH < _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .LEAST_TOKEN_LENGTH */ .BE)
        return undefined;
    return new _scan_tokens_js__WEBPACK_IMPORTED_MODULE_3__/* .ByteToken */ .yU(Buffer.concat([quoted, Buffer.from(':')]), member);
}
const MOST_SOUGHT = 1_000;
const SUGGESTERS = new WeakMap();
function suggesterOf(object) {
    const suggester = SUGGESTERS.get(object) ?? nameSuggester(object);
    SUGGESTERS.set(object, suggester);
    return suggester;
}
function nameSuggester(object) {
    const known = new Map();
    const names = [...object.fields.keys()];
    const folded = foldedNames(object);
    return (name) => {
        if (known.has(name) || known.size >= MOST_SOUGHT)
            return known.get(name);
        const meant = inDataForm(name, object) ?? folded.get(foldName(name)) ?? (0,_lib_similar_names_js__WEBPACK_IMPORTED_MODULE_8__/* .nearestName */ .q)(name, names);
        const hint = meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`;
        known.set(name, hint);
        return hint;
    };
}
function foldedNames({ fields }) {
    const folded = new Map();
    const add = (name, path) => {
        if (!folded.has(foldName(name)))
            folded.set(foldName(name), path);
    };
    for (const name of fields.keys())
        add(name, name);
    for (const [outer, field] of fields) {
        if (field.kind !== 'object' || !outer.startsWith('_'))
            continue;
        for (const name of field.fields.keys())
            add(name, `${outer}.${name}`);
    }
    return folded;
}
function inDataForm(name, object) {
    const [, prefix, rest = ''] = /^([a-z]+):(.+)$/i.exec(name) ?? [];
    const path = name.startsWith('@') ? [`_${name.slice(1)}`] : prefix === 'xdm' ? [rest] : [`_${prefix}`, rest];
    if (prefix === undefined && !name.startsWith('@'))
        return undefined;
    return fieldAt(object, path) === undefined ? undefined : path.join('.');
}
function fieldAt(object, path) {
    let field = object;
    for (const name of path)
        field = field?.kind === 'object' ? field.fields.get(name) : undefined;
    return field;
}
function foldName(name) {
    return name.toLowerCase().replaceAll(/[-_ ]/g, '') || name;
}


/***/ }),

/***/ 9010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  cv: () => (/* binding */ stringCheck),
  OM: () => (/* binding */ stringField),
  LL: () => (/* binding */ stringPass),
  XR: () => (/* binding */ stringScan)
});

// EXTERNAL MODULE: ./build/lib/json-reader.js
var json_reader = __nccwpck_require__(4386);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: ./build/schema/kinds/date.js
var date = __nccwpck_require__(7196);
// EXTERNAL MODULE: ./build/schema/json.js
var json = __nccwpck_require__(1106);
// EXTERNAL MODULE: ./build/schema/node.js
var schema_node = __nccwpck_require__(2608);
// EXTERNAL MODULE: ./build/schema/scan.js + 1 modules
var schema_scan = __nccwpck_require__(8901);
// EXTERNAL MODULE: ./build/schema/scan/number.js
var scan_number = __nccwpck_require__(4993);
// EXTERNAL MODULE: ./build/schema/scan/uri-code.js
var uri_code = __nccwpck_require__(2296);
// EXTERNAL MODULE: ./build/schema/scan/vector.js
var vector = __nccwpck_require__(8459);
;// CONCATENATED MODULE: ./build/schema/scan/format.js





const FORMAT_SCANS = {
    email: scanEmail,
    hostname: scanHostname,
    ipv4: scanIPv4,
    ipv6: scanIPv6,
    uri: scanUri,
    url: scanUri,
    'uri-reference': scanUriReference,
    'json-pointer': scanPointer,
};
const MAY_BEGIN_SPACE = [0xc2, 0xe1, 0xe2, 0xe3, 0xef];
const IN_EMAIL = andOthers(tableOf(/[!-?A-~]/, /["\\]/));
const IN_URI = andOthers(tableOf(uri_code/* IN_URI */.p, /[^]{2}/));
const URI_PAIRS = pairsOf(IN_URI);
const LETTER = tableOf(/[A-Za-z]/, /[^]{2}/);
const IN_LABEL = tableOf(/[A-Za-z0-9-]/, /[^]{2}/);
const IN_SCHEME = tableOf(/[A-Za-z0-9+.-]/, /[^]{2}/);
const HEX = tableOf(/[0-9A-Fa-f]/, /[^]{2}/);
function tableOf(wanted, but) {
    return Uint8Array.from({ length: 256 }, (_, byte) => {
        const character = String.fromCharCode(byte);
        return byte < 128 && wanted.test(character) && !but.test(character) ? 1 : 0;
    });
}
function andOthers(table) {
    return table.map((isIn, byte) => (byte < 128 ? isIn : Number(!MAY_BEGIN_SPACE.includes(byte))));
}
function pairsOf(table) {
    const pairs = new Uint8Array(0x10000);
    for (const [second, isIn] of table.entries())
        if (isIn === 1)
            pairs.set(table, second << 8);
    return pairs;
}
function after(table, bytes, from) {
    let at = from;
    while (table[bytes[at] ?? 0] === 1)
        at++;
    return at;
}
const AT = 0x40;
function scanEmail({ bytes }, start) {
    if (bytes[start] !== lib_text/* QUOTE */.jA)
        return schema_scan/* DOUBT */.$V;
    const name = after(IN_EMAIL, bytes, start + 1);
    if (name === start + 1 || bytes[name] !== AT)
        return schema_scan/* DOUBT */.$V;
    const end = after(IN_EMAIL, bytes, name + 1);
    return end > name + 1 && bytes[end] === lib_text/* QUOTE */.jA ? end + 1 : schema_scan/* DOUBT */.$V;
}
const LONGEST_HOSTNAME = 253;
const LONGEST_LABEL = 63;
function scanHostname({ bytes }, start) {
    if (bytes[start] !== lib_text/* QUOTE */.jA)
        return schema_scan/* DOUBT */.$V;
    for (let first = start + 1;;) {
        const end = after(IN_LABEL, bytes, first);
        if (end === first || end - first > LONGEST_LABEL || bytes[first] === lib_text/* MINUS */.N5 || bytes[end - 1] === lib_text/* MINUS */.N5)
            return schema_scan/* DOUBT */.$V;
        if (bytes[end] === lib_text/* QUOTE */.jA)
            return end - start - 1 <= LONGEST_HOSTNAME ? end + 1 : schema_scan/* DOUBT */.$V;
        if (bytes[end] !== lib_text/* POINT */.zh)
            return schema_scan/* DOUBT */.$V;
        first = end + 1;
    }
}
function scanIPv4(state, start) {
    const { bytes } = state;
    if (bytes[start] !== lib_text/* QUOTE */.jA)
        return schema_scan/* DOUBT */.$V;
    let at = start + 1;
    for (let left = 4; left > 0; left--) {
        const end = afterOctet(state, at);
        if (end === schema_scan/* DOUBT */.$V || bytes[end] !== (left === 1 ? lib_text/* QUOTE */.jA : lib_text/* POINT */.zh))
            return schema_scan/* DOUBT */.$V;
        at = end + 1;
    }
    return at;
}
const LEAST_NUMBERS = [Infinity, 0, 10, 100];
function afterOctet(state, at) {
    const values = (0,schema_scan/* wordAt */.E7)(state, at) ^ scan_number/* ZEROS */.uY;
    const digits = (0,scan_number/* leadingDigits */.bq)(values);
    const aligned = values << (8 * (schema_scan/* WORD_LENGTH */.Ue - digits));
    const number = (aligned >>> 24) + ((aligned >>> 16) & 0xff) * 10 + ((aligned >>> 8) & 0xff) * 100;
    return digits < schema_scan/* WORD_LENGTH */.Ue && number >= (LEAST_NUMBERS[digits] ?? 0) && number <= 255 ? at + digits : schema_scan/* DOUBT */.$V;
}
function scanUri(state, start) {
    const { bytes } = state;
    if (bytes[start] !== lib_text/* QUOTE */.jA)
        return schema_scan/* DOUBT */.$V;
    const colon = afterScheme(state, start + 1);
    return colon !== schema_scan/* DOUBT */.$V && bytes[colon] === lib_text/* COLON */.oH ? afterUri(state, colon) : schema_scan/* DOUBT */.$V;
}
function afterScheme(state, start) {
    const { bytes } = state;
    if ((0,schema_scan/* wordAt */.E7)(state, start) === HTTP) {
        const at = start + schema_scan/* WORD_LENGTH */.Ue;
        if (bytes[at] === lib_text/* COLON */.oH)
            return at;
        if (bytes[at] === S && bytes[at + 1] === lib_text/* COLON */.oH)
            return at + 1;
    }
    return LETTER[bytes[start] ?? 0] === 1 ? after(IN_SCHEME, bytes, start + 1) : schema_scan/* DOUBT */.$V;
}
function scanUriReference(state, start) {
    return state.bytes[start] === lib_text/* QUOTE */.jA ? afterUri(state, start + 1) : schema_scan/* DOUBT */.$V;
}
function afterUri(state, from) {
    const { bytes } = state;
    for (let at = from;;) {
        at = afterPlainUri(state, at);
        const byte = bytes[at];
        if (byte === lib_text/* QUOTE */.jA)
            return at + 1;
        if (byte === PERCENT && HEX[bytes[at + 1] ?? 0] === 1 && HEX[bytes[at + 2] ?? 0] === 1)
            at += 3;
        else if (byte === lib_text/* BACKSLASH */.r_ && bytes[at + 1] === lib_text/* SLASH */.o)
            at += 2;
        else
            return schema_scan/* DOUBT */.$V;
    }
}
const MOST_SHORT_BYTES = 48;
function afterPlainUri({ bytes, view, lastWord, window }, from) {
    let at = from;
    for (let end = from + MOST_SHORT_BYTES; at <= lastWord; at += schema_scan/* WORD_LENGTH */.Ue) {
        const word = view.getInt32(at, true);
        if (URI_PAIRS[word & 0xffff] === 0)
            break;
        if (URI_PAIRS[word >>> 16] === 0) {
            at += 2;
            break;
        }
        if (at >= end) {
            at = window.afterUriCharacters(at) - schema_scan/* WORD_LENGTH */.Ue;
            end = bytes.length;
        }
    }
    return IN_URI[bytes[at] ?? 0] === 1 ? at + 1 : at;
}
function scanIPv6({ bytes }, start) {
    if (bytes[start] !== lib_text/* QUOTE */.jA)
        return schema_scan/* DOUBT */.$V;
    let groups = 0;
    let isShort = bytes[start + 1] === lib_text/* COLON */.oH && bytes[start + 2] === lib_text/* COLON */.oH;
    for (let first = start + (isShort ? 3 : 1);;) {
        const end = after(HEX, bytes, first);
        if (end === first && isShort && bytes[first - 2] === lib_text/* COLON */.oH && bytes[end] === lib_text/* QUOTE */.jA)
            return end + 1;
        if (end === first || end - first > MOST_GROUP_DIGITS || ++groups > GROUPS)
            return schema_scan/* DOUBT */.$V;
        if (bytes[end] === lib_text/* QUOTE */.jA)
            return (isShort ? groups < GROUPS - 1 : groups === GROUPS) ? end + 1 : schema_scan/* DOUBT */.$V;
        if (bytes[end] !== lib_text/* COLON */.oH)
            return schema_scan/* DOUBT */.$V;
        const isGap = bytes[end + 1] === lib_text/* COLON */.oH;
        if (isGap && isShort)
            return schema_scan/* DOUBT */.$V;
        isShort ||= isGap;
        first = end + (isGap ? 2 : 1);
    }
}
const GROUPS = 8;
const MOST_GROUP_DIGITS = 4;
function scanPointer({ bytes }, start) {
    if (bytes[start] !== lib_text/* QUOTE */.jA)
        return schema_scan/* DOUBT */.$V;
    let at = after(IN_POINTER, bytes, start + 1);
    for (; bytes[at] === lib_text/* TILDE */.du; at = after(IN_POINTER, bytes, at + 2)) {
        if (bytes[at + 1] !== lib_text/* ZERO */.f2 && bytes[at + 1] !== lib_text/* ZERO */.f2 + 1)
            return schema_scan/* DOUBT */.$V;
    }
    return bytes[at] === lib_text/* QUOTE */.jA && (bytes[start + 1] === lib_text/* SLASH */.o || at === start + 1) ? at + 1 : schema_scan/* DOUBT */.$V;
}
const IN_POINTER = vector/* PLAIN */.tZ.map((isPlain, byte) => (byte === lib_text/* TILDE */.du ? 0 : isPlain));
const HTTP = Buffer.from('http').readInt32LE();
const S = 0x73;
const PERCENT = 0x25;

// EXTERNAL MODULE: ./build/schema/scan/json.js
var scan_json = __nccwpck_require__(5078);
// EXTERNAL MODULE: ./build/schema/scan/string.js
var string = __nccwpck_require__(6845);
// EXTERNAL MODULE: ./build/schema/scan/tokens.js
var tokens = __nccwpck_require__(8894);
;// CONCATENATED MODULE: ./build/schema/scan/remember.js



const SLOTS = 256;
const LONGEST = 32;
const MOST_MISSES = 2_000;
function rememberingScan(scanRead) {
    const known = Array.from({ length: SLOTS }, () => undefined);
    let misses = 0;
    return (state, start) => {
        if (misses > MOST_MISSES)
            return scanRead(state, start);
        const end = (0,string/* scanString */.pM)(state, start);
        const slot = end - start > LONGEST || end - start < tokens/* LEAST_TOKEN_LENGTH */.BE ? -1 : slotOf(state, start, end);
        if (slot < 0)
            return scanRead(state, start);
        if (known[slot]?.standsAt(state, start) === true) {
            if (misses > 0)
                misses--;
            return end;
        }
        misses++;
        const read = scanRead(state, start);
        if (read !== schema_scan/* DOUBT */.$V)
            known[slot] = new tokens/* ByteToken */.yU(Buffer.from(state.bytes.subarray(start, end)), true);
        return read;
    };
}
function slotOf({ view }, start, end) {
    const first = view.getInt32(start, true);
    const last = view.getInt32(end - tokens/* LEAST_TOKEN_LENGTH */.BE, true);
    const mixed = Math.imul(first ^ Math.imul(last, 0x85ebca6b), 0x9e3779b1);
    return (mixed ^ (mixed >>> 16)) & (SLOTS - 1);
}

// EXTERNAL MODULE: ./build/schema/scan/read.js
var read = __nccwpck_require__(9392);
// EXTERNAL MODULE: ./build/schema/walk.js
var schema_walk = __nccwpck_require__(5521);
;// CONCATENATED MODULE: ./build/schema/kinds/string.js















function stringField(node, place) {
    const { format, minLength, maxLength } = node.keywords;
    return {
        ...(0,schema_node/* commonOf */.$N)(node),
        kind: 'string',
        allowed: (0,schema_node/* allowedOf */.mr)(node, place),
        format: typeof format === 'string' ? format : undefined,
        pattern: patternOf(node, place),
        minLength: (0,schema_node/* numberOf */.rl)(minLength, 0),
        maxLength: (0,schema_node/* numberOf */.rl)(maxLength, Infinity),
    };
}
function patternOf({ keywords }, { path, note }) {
    const { pattern } = keywords;
    if (typeof pattern !== 'string' || pattern === '')
        return undefined;
    const expression = expressionOf(pattern, 'u') ?? expressionOf(pattern, '');
    if (expression === undefined)
        note(`"/${path.join('/')}" has an invalid pattern, which is not checked`);
    return expression;
}
function expressionOf(pattern, flags) {
    try {
        return new RegExp(pattern, flags);
    }
    catch {
        return undefined;
    }
}
function stringCheck(field) {
    const checkString = checkOfRules(rulesOf(field));
    return (value, walk) => {
        if (typeof value === 'string')
            checkString(value, walk);
        else if (typeof value === 'number')
            checkString(String(value), walk);
        else if (value instanceof json/* LosslessNumber */._J)
            checkString(value.text, walk);
        else
            walk.reportMismatch(value, 'a string');
    };
}
function stringScan(field) {
    const rules = rulesOf(field);
    if (rules.length === 0)
        return scanText;
    const scanRead = rememberingScan((0,read/* readScan */.C)(stringCheck(field)));
    const scans = rules.flatMap(({ scan }) => scan ?? []);
    const [first] = scans;
    if (first === undefined || scans.length < rules.length)
        return scanRead;
    const scanQuick = scans.length === 1 ? first : scanAll(scans);
    return (state, start) => {
        const end = scanQuick(state, start);
        return end === schema_scan/* DOUBT */.$V ? scanRead(state, start) : end;
    };
}
function stringPass(field) {
    const rules = rulesOf(field);
    if (rules.length === 0)
        return scan_json/* passTexts */.CG;
    if (rules.length > 1)
        return undefined;
    const { format, minLength, maxLength } = field;
    if (format === 'json-pointer')
        return ({ window }, start) => window.afterPointers(start);
    const [least, most] = [Math.ceil(Math.max(minLength, 0)), Math.floor(Math.min(maxLength, string_LONGEST))];
    if (!hasLimits(field) || least > most)
        return undefined;
    return ({ window }, start) => window.afterLimitedTexts(start, least, most - least);
}
const string_LONGEST = 0xffff;
function scanAll(scans) {
    return (state, start) => {
        let end = schema_scan/* DOUBT */.$V;
        for (const scan of scans) {
            end = scan(state, start);
            if (end === schema_scan/* DOUBT */.$V)
                return schema_scan/* DOUBT */.$V;
        }
        return end;
    };
}
function scanText(state, start) {
    const { bytes } = state;
    const first = bytes[start] ?? 0;
    if (first === lib_text/* QUOTE */.jA)
        return (0,string/* scanString */.pM)(state, start);
    if (first <= lib_text/* ZERO */.f2 || first > lib_text/* NINE */.bn)
        return (0,scan_number/* scanNumber */.d8)(state, start);
    const end = (0,scan_number/* afterDigits */.Dg)(bytes, start + 1);
    return bytes[end] === lib_text/* COMMA */.KE || bytes[end] === lib_text/* CLOSE_BRACE */.rc ? end : (0,scan_number/* scanNumber */.d8)(state, start);
}
function rulesOf(field) {
    const rules = [allowedRule(field), lengthRule(field), patternRule(field), formatRule(field)];
    return rules.filter((rule) => rule !== undefined);
}
function checkOfRules(rules) {
    const [first, ...others] = rules;
    if (first === undefined)
        return () => undefined;
    if (others.length === 0)
        return first.check;
    return (string, walk) => {
        for (const { check } of rules)
            check(string, walk);
    };
}
function allowedRule({ allowed }) {
    if (allowed === undefined)
        return undefined;
    return {
        check: (string, walk) => {
            if (!allowed.values.has(string))
                (0,schema_walk/* reportNotAllowed */.UT)(allowed, string, walk);
        },
        scan: literalScan(allowed.values),
    };
}
function literalScan(values) {
    const literals = [...values].flatMap((value) => (typeof value === 'string' ? ((0,string/* quotedBytes */.Q5)(value) ?? []) : []));
    const table = new tokens/* TokenTable */.wI(literals.flatMap(literalTokens));
    return (state, start) => {
        const token = table.find(state, start);
        return token === undefined ? schema_scan/* DOUBT */.$V : start + token.meaning;
    };
}
function literalTokens(literal) {
    const { length } = literal;
    if (length >= tokens/* LEAST_TOKEN_LENGTH */.BE)
        return [new tokens/* ByteToken */.yU(literal, length)];
    if (length + 1 < tokens/* LEAST_TOKEN_LENGTH */.BE)
        return [];
    return [',', ']', '}'].map((next) => new tokens/* ByteToken */.yU(Buffer.concat([literal, Buffer.from(next)]), length));
}
function hasLimits({ minLength, maxLength }) {
    return minLength !== 0 || maxLength !== Infinity;
}
function lengthRule(field) {
    const { minLength, maxLength } = field;
    if (!hasLimits(field))
        return undefined;
    const check = (string, walk) => {
        if (string.length >= minLength * 2 && string.length <= maxLength)
            return;
        const length = codePoints(string);
        if (length < minLength)
            walk.report('length', { expected: `at least ${(0,lib_text/* count */.U9)(minLength, 'character')}`, received: `${length}` });
        if (length > maxLength)
            walk.report('length', { expected: `at most ${(0,lib_text/* count */.U9)(maxLength, 'character')}`, received: `${length}` });
    };
    return { check, scan: lengthScan(field) };
}
function lengthScan({ minLength, maxLength }) {
    return (state, start) => {
        const { bytes } = state;
        if (bytes[start] !== lib_text/* QUOTE */.jA)
            return schema_scan/* DOUBT */.$V;
        const at = (0,string/* afterPlain */.LU)(state, start + 1);
        if (bytes[at] !== lib_text/* QUOTE */.jA)
            return escapedEnd(state, start, at);
        const length = at - start - 1;
        if (length >= minLength * 4 && length <= maxLength)
            return at + 1;
        const characters = length - countTrailing(state, start, at);
        return characters >= minLength && characters <= maxLength ? at + 1 : schema_scan/* DOUBT */.$V;
    };
    function escapedEnd(state, start, at) {
        const end = (0,string/* afterEscapes */.Jv)(state, at);
        const length = end - start - 2;
        return end !== schema_scan/* DOUBT */.$V && length >= minLength * MOST_CHARACTER_BYTES && length <= maxLength ? end : schema_scan/* DOUBT */.$V;
    }
}
const MOST_CHARACTER_BYTES = 12;
function countTrailing({ view }, start, end) {
    let trailing = 0;
    let at = start;
    for (const last = end - 4 * schema_scan/* WORD_LENGTH */.Ue; at <= last; at += 4 * schema_scan/* WORD_LENGTH */.Ue) {
        const [one, two] = [view.getInt32(at, true), view.getInt32(at + schema_scan/* WORD_LENGTH */.Ue, true)];
        const [three, four] = [view.getInt32(at + 2 * schema_scan/* WORD_LENGTH */.Ue, true), view.getInt32(at + 3 * schema_scan/* WORD_LENGTH */.Ue, true)];
        if (((one | two | three | four) & 0x80808080) === 0)
            continue;
        const found = trailingIn(one) + trailingIn(two) + trailingIn(three) + trailingIn(four);
        trailing += Math.imul(found, 0x01010101) >>> 24;
    }
    for (; at < end; at++)
        if ((view.getUint8(at) & 0xc0) === 0x80)
            trailing++;
    return trailing;
}
function trailingIn(word) {
    return (word >>> 7) & ~(word >>> 6) & 0x01010101;
}
function codePoints(string) {
    let points = 0;
    for (const _ of string)
        points++;
    return points;
}
function patternRule({ pattern }) {
    if (pattern === undefined)
        return undefined;
    const expected = `a string that matches ${pattern.source}`;
    return {
        check: (string, walk) => {
            if (!pattern.test(string))
                walk.reportValue('pattern', string, expected);
        },
    };
}
function formatRule({ format }) {
    const isOfFormat = format === undefined ? undefined : FORMATS.get(format);
    if (isOfFormat === undefined)
        return undefined;
    return {
        check: (string, walk) => {
            if (!isOfFormat(string))
                walk.reportValue('format', string, `a string in the format "${format}"`);
        },
        scan: (0,json_reader/* ownValue */.eC)(FORMAT_SCANS, format ?? ''),
    };
}
const FORMATS = new Map([
    ['date', date/* isDate */.$P],
    ['date-time', date/* isDateTime */.Ar],
    ['time', (string) => (0,date/* isDateTime */.Ar)(`2000-01-01T${string}`)],
    ['email', (string) => /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u.test(string)],
    ['hostname', (string) => string.length <= 253 && HOSTNAME.test(string)],
    ['ipv4', external_node_net_.isIPv4],
    ['ipv6', (string) => (0,external_node_net_.isIPv6)(string) && !string.includes('%')],
    ['uri', isUri],
    ['url', isUri],
    ['uri-reference', isUriReference],
    ['uri-template', isTemplate],
    ['url-template', isTemplate],
    ['json-pointer', (string) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(string)],
]);
const HOSTNAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const NO_URI_CHARACTER = /[\s\p{Cc}"<>\\^`{|}]|%(?![0-9a-f]{2})/iu;
function isUri(string) {
    return /^[a-z][a-z0-9+.-]*:/i.test(string) && isUriReference(string);
}
function isUriReference(string) {
    return !NO_URI_CHARACTER.test(string);
}
function isTemplate(string) {
    return isUriReference(string.replace(/\{[^{}\s\p{Cc}]+\}/gu, ''));
}


/***/ }),

/***/ 2608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ commonOf),
/* harmony export */   As: () => (/* binding */ integerRange),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   Vj: () => (/* binding */ mergeNode),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   gG: () => (/* binding */ kindOfNode),
/* harmony export */   mr: () => (/* binding */ allowedOf),
/* harmony export */   rl: () => (/* binding */ numberOf)
/* harmony export */ });
/* unused harmony export INTEGER_RANGES */
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1469);

function mergeNode(sources) {
    const members = collectMembers(sources);
    const required = members.flatMap((member) => listOf(member['required'])).filter((name) => typeof name === 'string');
    return {
        keywords: mergeKeywords(members),
        properties: mergeProperties(members),
        required: new Set(required),
        items: members.map((member) => member['items']).filter(isObject),
        values: members.map((member) => member['additionalProperties']).filter(isObject),
    };
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function listOf(value) {
    return Array.isArray(value) ? value : [];
}
function collectMembers(sources) {
    const members = new Set();
    const waiting = [...sources];
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
        if (!isObject(source) || members.has(source))
            continue;
        if ('$ref' in source)
            throw unresolvedReference(source['$ref']);
        members.add(source);
        for (const member of listOf(source['allOf']))
            waiting.push(member);
    }
    return [...members];
}
function mergeKeywords([first = {}, ...others]) {
    if (others.length === 0)
        return first;
    const merged = new Map(Object.entries(first));
    for (const [name, value] of others.flatMap(Object.entries)) {
        merged.set(name, merged.has(name) ? stricterOf(name, [merged.get(name), value]) : value);
    }
    return Object.fromEntries(merged);
}
function stricterOf(name, [one, other]) {
    const isLeast = LEAST.has(name);
    if ((isLeast || MOST.has(name)) && typeof one === 'number' && typeof other === 'number')
        return isLeast ? Math.max(one, other) : Math.min(one, other);
    return name === 'enum' && Array.isArray(one) && Array.isArray(other) ? inBoth(one, other) : one;
}
function inBoth(one, other) {
    const others = new Set(other);
    return one.filter((value) => others.has(value));
}
const LEAST = new Set(['minimum', 'exclusiveMinimum', 'minLength']);
const MOST = new Set(['maximum', 'exclusiveMaximum', 'maxLength']);
function mergeProperties(members) {
    const found = members.map((member) => member['properties']).filter(isObject);
    if (found.length === 0)
        return undefined;
    const names = new Map();
    for (const [name, node] of found.flatMap((properties) => Object.entries(properties))) {
        const nodes = names.get(name);
        if (nodes === undefined)
            names.set(name, [node]);
        else
            nodes.push(node);
    }
    return names;
}
function unresolvedReference(reference) {
    return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .AF(`Cannot read the schema: it contains the unresolved reference ${JSON.stringify(reference)}`, {
        remedy: 'Store the schema as the Schema Registry returns it for "Accept: application/vnd.adobe.xed-full+json; version=1", which resolves every reference.',
    });
}
function kindOfNode(node) {
    const named = node.keywords['meta:xdmType'];
    const kind = typeof named === 'string' ? NAMED.get(named) : undefined;
    if (kind !== undefined && kind.kind !== 'object')
        return kind;
    const found = kindByKeywords(node);
    return found.kind === 'any' && kind !== undefined ? kind : found;
}
const NAMED = new Map([
    ['string', { kind: 'string' }],
    ['number', { kind: 'number' }],
    ['double', { kind: 'number' }],
    ['float', { kind: 'number' }],
    ['byte', { kind: 'integer', type: 'byte' }],
    ['short', { kind: 'integer', type: 'short' }],
    ['int', { kind: 'integer', type: 'int' }],
    ['integer', { kind: 'integer', type: 'int' }],
    ['long', { kind: 'integer', type: 'long' }],
    ['boolean', { kind: 'boolean' }],
    ['date', { kind: 'date' }],
    ['date-time', { kind: 'date-time' }],
    ['map', { kind: 'map' }],
    ['array', { kind: 'array' }],
    ['object', { kind: 'object' }],
]);
function kindByKeywords({ keywords, properties, values }) {
    if (properties !== undefined)
        return { kind: 'object' };
    if (values.length > 0)
        return { kind: 'map' };
    if ('items' in keywords)
        return { kind: 'array' };
    return kindByType(keywords);
}
function kindByType(keywords) {
    switch (keywords['type']) {
        case 'string':
            return kindByFormat(keywords['format']);
        case 'integer':
            return { kind: 'integer', type: inferIntegerType(keywords['minimum'], keywords['maximum']) };
        case 'number':
        case 'boolean':
        case 'array':
        case 'object':
            return { kind: keywords['type'] };
        default:
            return kindByEnum(keywords['enum']);
    }
}
function kindByEnum(allowed) {
    const types = new Set(listOf(allowed).map((value) => typeof value));
    const [type] = types;
    return { kind: types.size === 1 && (type === 'string' || type === 'number' || type === 'boolean') ? type : 'any' };
}
function kindByFormat(format) {
    return { kind: format === 'date' || format === 'date-time' ? format : 'string' };
}
const INTEGER_RANGES = {
    byte: { min: -128, max: 127 },
    short: { min: -32_768, max: 32_767 },
    int: { min: -2_147_483_648, max: 2_147_483_647 },
    long: { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 },
};
function integerRange(type, { keywords: { minimum, maximum } }) {
    const { min, max } = INTEGER_RANGES[type];
    if (type !== 'long')
        return { min, max };
    return {
        min: typeof minimum === 'number' && minimum < min - 1 ? BigInt(Math.max(minimum, -LONG_END)) : min,
        max: typeof maximum === 'number' && maximum > max + 1 ? lesser(BigInt(Math.min(maximum, LONG_END)), LONG_MAX) : max,
    };
}
const LONG_END = 2 ** 63;
const LONG_MAX = 2n ** 63n - 1n;
function lesser(one, other) {
    return one < other ? one : other;
}
const SMALLEST_FIRST = ['byte', 'short', 'int', 'long'];
function inferIntegerType(minimum, maximum) {
    const { min, max } = INTEGER_RANGES.int;
    const low = typeof minimum === 'number' ? minimum : min;
    const high = typeof maximum === 'number' ? maximum : max;
    return SMALLEST_FIRST.find((type) => rangeHolds(INTEGER_RANGES[type], low, high)) ?? 'long';
}
function rangeHolds({ min, max }, low, high) {
    return min <= low && high <= max + 1;
}
function commonOf({ keywords }) {
    return { isDeprecated: keywords['meta:status'] === 'deprecated', hasDefault: keywords['default'] !== undefined };
}
function allowedOf({ keywords }, { path, isRepeated, tenant }) {
    const values = keywords['enum'];
    if (!Array.isArray(values) || values.length === 0 || values.some(isCompound))
        return undefined;
    return { values: new Set(values), isDeep: isRepeated || isDeep(path, tenant) };
}
function isCompound(value) {
    return typeof value === 'object' && value !== null;
}
function isDeep(path, tenant) {
    return path.length > (path[0] === tenant ? 3 : 2);
}
function numberOf(value, otherwise) {
    return typeof value === 'number' ? value : otherwise;
}


/***/ }),

/***/ 5189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M_: () => (/* binding */ textCheck),
/* harmony export */   QP: () => (/* binding */ reportRowSize),
/* harmony export */   Y$: () => (/* binding */ recordCheck),
/* harmony export */   j$: () => (/* binding */ mostBytes),
/* harmony export */   lZ: () => (/* binding */ sizeIssue),
/* harmony export */   zf: () => (/* binding */ recordScan)
/* harmony export */ });
/* unused harmony export decimalNames */
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(4869);
/* harmony import */ var _field_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2318);
/* harmony import */ var _identity_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4814);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1106);
/* harmony import */ var _kinds_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2633);
/* harmony import */ var _kinds_object_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9903);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9333);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8901);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5521);









function recordCheck(schema, options) {
    const walk = new _walk_js__WEBPACK_IMPORTED_MODULE_7__/* .Walk */ .qO(options.showValues);
    const check = (0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .checkOf */ .EG)({ ...schema.root, isDeprecated: false });
    const checkIdentity = options.isForProfile ? (0,_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .identityCheck */ .FC)(schema.identities) : undefined;
    return (record, report) => {
        walk.begin(report);
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isPlainObject */ .Qd)(record)) {
            walk.reportValue('not-an-object', record, 'a JSON object');
            return (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .countMembers */ .bI)(record);
        }
        check(record, walk);
        checkIdentity?.(record, walk);
        return walk.members;
    };
}
const LARGEST_BYTES = { record: 100_000, 'ad-hoc': 100_000, 'time-series': 10_000 };
function mostBytes({ behaviour }) {
    return LARGEST_BYTES[behaviour];
}
function sizeIssue(schema, bytes) {
    const most = mostBytes(schema);
    if (bytes <= most)
        return undefined;
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_5__/* .issueOf */ .v1)('oversize-record', { path: '', expected: `at most ${most} bytes`, received: `${bytes} bytes` });
}
function decimalNames(root) {
    const decimals = new Set();
    const others = new Set();
    let isOpen = false;
    const visit = (name, field) => {
        if (field.kind === 'number')
            decimals.add(name);
        else if (field.kind !== 'any')
            others.add(name);
        if (field.kind === 'object')
            for (const [inner, one] of field.fields)
                visit(inner, one);
        if (field.kind === 'array')
            visit('', field.items);
        if (field.kind === 'map')
            isOpen ||= ASKS_FORM[field.values.kind];
        if (field.kind === 'map')
            visit('', field.values);
    };
    visit('', root);
    return new Set(isOpen ? [] : [...decimals].filter((name) => name !== '' && !others.has(name)));
}
const ASKS_FORM = {
    string: true,
    number: false,
    integer: true,
    boolean: false,
    date: true,
    'date-time': true,
    object: false,
    map: false,
    array: false,
    any: false,
};
function textCheck(schema, options) {
    const check = recordCheck(schema, options);
    const decimals = decimalNames(schema.root);
    return (text, report) => {
        const plain = JSON.parse(text);
        const isExact = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .holdsTellingNumber */ .vC)(text, decimals);
        const onDuplicate = (at, way) => {
            report(duplicateIssue(at, options.showValues ? at : (0,_field_js__WEBPACK_IMPORTED_MODULE_0__/* .shownPath */ .pS)(schema.root, way)));
        };
        const record = isExact ? (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .exactJson */ .ip)(text, onDuplicate) : plain;
        const members = check(record, report);
        if (!isExact && members !== (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .countNames */ .sh)(text))
            (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .exactJson */ .ip)(text, onDuplicate);
        if (options.isForProfile)
            reportSize(schema, (bytesOf) => bytesOf(text), report);
        return record;
    };
}
function reportRowSize(schema, row, report) {
    reportSize(schema, (bytesOf) => jsonBytes(row, bytesOf), report);
}
function jsonBytes(value, bytesOf) {
    if (typeof value === 'string')
        return bytesOf(value) + '""'.length;
    if (value instanceof _json_js__WEBPACK_IMPORTED_MODULE_2__/* .LosslessNumber */ ._J)
        return value.text.length;
    if (ArrayBuffer.isView(value))
        return value.byteLength;
    if (Array.isArray(value))
        return value.reduce((sum, item) => sum + jsonBytes(item, bytesOf) + 1, 1);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isPlainObject */ .Qd)(value))
        return String(value).length;
    let bytes = 1;
    for (const name in value)
        bytes += bytesOf(name) + '"":,'.length + jsonBytes(value[name], bytesOf);
    return bytes;
}
function reportSize(schema, measure, report) {
    if (measure(({ length }) => length * 3) <= mostBytes(schema))
        return;
    const issue = sizeIssue(schema, measure((text) => Buffer.byteLength(text)));
    if (issue !== undefined)
        report(issue);
}
function duplicateIssue(at, path) {
    const words = { path, expected: 'each key once', received: 'a repeated key' };
    return (0,_rules_js__WEBPACK_IMPORTED_MODULE_5__/* .issueOf */ .v1)('duplicate-key', at === path ? words : { ...words, at });
}
function recordScan(schema, { isForProfile, showValues }) {
    const identity = isForProfile ? (0,_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .identityScan */ .E4)(schema.identities) : undefined;
    if (isForProfile && identity === undefined)
        return undefined;
    const scan = (0,_kinds_object_js__WEBPACK_IMPORTED_MODULE_4__/* .objectScan */ .th)(schema.root, showValues ? undefined : '', (field, name, path) => {
        const inner = identity === undefined ? (0,_kinds_js__WEBPACK_IMPORTED_MODULE_3__/* .scanOf */ .r3)(field, path) : identity.scanOf(field, name, path);
        return name === '_id' && inner !== undefined ? noteId(inner) : inner;
    });
    const mostSize = isForProfile ? mostBytes(schema) : Infinity;
    const state = (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .createScanState */ .Nm)();
    const id = { bytes: state.bytes, view: state.view, start: 0, end: 0 };
    const takeBytes = (bytes) => {
        state.bytes = bytes;
        state.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
        state.lastWord = bytes.length - _scan_js__WEBPACK_IMPORTED_MODULE_6__/* .WORD_LENGTH */ .Ue;
        state.window.begin(bytes);
        id.bytes = bytes;
        id.view = state.view;
    };
    return {
        recognise(bytes, start) {
            if (state.bytes !== bytes)
                takeBytes(bytes);
            beginRecord(state);
            const stop = scan(state, start);
            if (stop === _scan_js__WEBPACK_IMPORTED_MODULE_6__/* .DOUBT */ .$V || identity?.isFound(state) === false)
                return _scan_js__WEBPACK_IMPORTED_MODULE_6__/* .DOUBT */ .$V;
            const end = (0,_scan_js__WEBPACK_IMPORTED_MODULE_6__/* .afterSpaces */ .se)(bytes, stop);
            return bytes[end] === _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .LINE_FEED */ .kR && end - start <= mostSize ? end : _scan_js__WEBPACK_IMPORTED_MODULE_6__/* .DOUBT */ .$V;
        },
        id() {
            const { bytes, idStart, idEnd } = state;
            if (bytes[idStart] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_8__/* .QUOTE */ .jA || idEnd <= idStart)
                return undefined;
            id.start = idStart;
            id.end = idEnd;
            return id;
        },
        notes: state.notes,
    };
}
function beginRecord(state) {
    state.depth = 0;
    state.idStart = state.idEnd = 0;
    state.hasIdentity = false;
    state.identities = state.primaries = 0;
    state.notes.length = 0;
    state.keys.begin(state.bytes, state.objects + 1);
}
function noteId(scan) {
    return (state, start) => {
        const end = scan(state, start);
        state.idStart = start;
        state.idEnd = end;
        return end;
    };
}


/***/ }),

/***/ 5721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bl: () => (/* binding */ primaryKeyOf),
/* harmony export */   dv: () => (/* binding */ CHANGE_TYPE_NODE),
/* harmony export */   g5: () => (/* binding */ isRelational),
/* harmony export */   hF: () => (/* binding */ checkRelationalCells),
/* harmony export */   v0: () => (/* binding */ withRelationalRules),
/* harmony export */   x8: () => (/* binding */ relationalOf),
/* harmony export */   y3: () => (/* binding */ CHANGE_TYPE)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _descriptors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4456);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1106);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5521);




const CHANGE_TYPE = '_change_request_type';
const CHANGE_TYPE_NODE = { type: 'string', enum: ['u', 'd'] };
const RELATIONAL = 'https://ns.adobe.com/xdm/data/adhoc-v2';
function isRelational(extended) {
    return extended.includes(RELATIONAL);
}
function relationalOf(schema, { root, descriptors }) {
    const fieldsOf = (type) => namesIn(descriptors?.find((descriptor) => descriptor['@type'] === type));
    const key = fieldsOf('xdm:descriptorPrimaryKey');
    const [version] = fieldsOf('xdm:descriptorVersion');
    const [timestamp] = fieldsOf('xdm:descriptorTimestamp');
    const needsTimestamp = schema['meta:behaviorType'] === 'time-series';
    const unknown = [...key, version, timestamp].filter((name) => name !== undefined && !root.fields.has(name));
    const missing = [
        ...(key.length === 0 ? ['it has no primary key descriptor'] : []),
        ...(version === undefined ? ['it has no version descriptor'] : []),
        ...(needsTimestamp && timestamp === undefined
            ? ['it has no timestamp descriptor, which time-series data needs']
            : []),
        ...(unknown.length > 0 ? [`its descriptors name fields that it does not define: ${unknown.join(', ')}`] : []),
    ];
    return { key, version, timestamp, missing: descriptors === undefined ? undefined : missing };
}
function namesIn(descriptor) {
    return (0,_descriptors_js__WEBPACK_IMPORTED_MODULE_1__/* .sourcePaths */ .KS)(descriptor).map((path) => path.replace(/^\//, ''));
}
function withRelationalRules(root, relational, changeType) {
    const needed = neededIn(relational).filter((name) => root.fields.has(name));
    const fields = [...root.fields].map(([name, field]) => [name, needed.includes(name) ? { ...field, hasDefault: false } : field]);
    return { ...root, fields: new Map([...fields, ...changeType]), required: new Set([...root.required, ...needed]) };
}
function neededIn({ key, version, timestamp }) {
    return [...new Set([...key, version, timestamp].filter((name) => name !== undefined))];
}
function primaryKeyOf({ key }, record) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isPlainObject */ .Qd)(record) || key.length === 0)
        return undefined;
    const parts = key.map((name) => (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(record, name));
    if (parts.some((part) => part === undefined || part === null || part === ''))
        return undefined;
    return key.length === 1 ? textOfPart(parts[0]) : JSON.stringify(parts.map(textOfPart));
}
function textOfPart(part) {
    return part instanceof _json_js__WEBPACK_IMPORTED_MODULE_2__/* .LosslessNumber */ ._J ? String(part.exact ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalNumber */ .uA)(part)) : String(part);
}
function checkRelationalCells(relational, row, report) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isPlainObject */ .Qd)(row))
        return;
    const walk = new _walk_js__WEBPACK_IMPORTED_MODULE_3__/* .Walk */ .qO(false);
    walk.begin(report);
    for (const name of neededIn(relational))
        if (((0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(row, name) ?? '') === '')
            reportEmpty(name, walk);
    const change = (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(row, CHANGE_TYPE) ?? '';
    if (change !== '' && change !== 'u' && change !== 'd')
        reportChange(change, walk);
}
function reportEmpty(name, walk) {
    walk.enter(name);
    walk.report('required-missing', { expected: 'a value', received: 'an empty cell' });
    walk.leave();
}
function reportChange(value, walk) {
    walk.enter(CHANGE_TYPE);
    walk.reportValue('enum', value, 'one of "u", "d"');
    walk.leave();
}


/***/ }),

/***/ 9333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   v1: () => (/* binding */ issueOf),
/* harmony export */   v4: () => (/* binding */ issueText),
/* harmony export */   y0: () => (/* binding */ RULES)
/* harmony export */ });
/* harmony import */ var _lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4386);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);


const RULES = {
    'corrupt-record': {
        level: 'error',
        fate: 'rejected',
        line: 'The JSON or the CSV row of a record is malformed.',
    },
    'mapping-error': {
        level: 'error',
        fate: 'changed',
        line: 'A value cannot be computed or converted by the mapping: its field stays empty.',
    },
    'not-an-object': { level: 'error', fate: 'rejected', line: 'A record is not a JSON object.' },
    'unknown-field': {
        level: 'error',
        fate: 'changed',
        line: 'The schema defines no field or column of this name: its value would be lost.',
        text: 'the schema does not define this field',
    },
    'required-missing': {
        level: 'error',
        fate: 'rejected',
        line: 'A required field is missing, while the object around it is present.',
        text: 'this required field is missing',
    },
    'required-null': {
        level: 'error',
        fate: 'rejected',
        line: 'A required field is null.',
        text: 'this required field is null',
    },
    'type-mismatch': {
        level: 'error',
        fate: 'rejected',
        line: 'The type of a value cannot be converted to the type of its field.',
    },
    'integer-range': {
        level: 'error',
        fate: 'rejected',
        line: "A number is outside what the field's integer type can hold.",
    },
    'integer-fraction': {
        level: 'error',
        fate: 'changed',
        line: 'A number for an integer field has a fraction, which would be cut off.',
    },
    bounds: { level: 'error', fate: 'rejected', line: "A number is outside the field's minimum and maximum." },
    'number-format': { level: 'error', fate: 'rejected', line: 'A string for a number field is not a decimal number.' },
    'number-range': { level: 'error', fate: 'changed', line: 'A number is too large for a 64-bit floating-point field.' },
    'number-precision': {
        level: 'error',
        fate: 'changed',
        line: 'An integer has more digits than a 64-bit floating-point field keeps.',
    },
    'date-format': {
        level: 'error',
        fate: 'rejected',
        line: 'A string for a date field is not a calendar date as YYYY-MM-DD.',
    },
    'date-time-format': {
        level: 'error',
        fate: 'rejected',
        line: 'A string for a date-time field is not RFC 3339 with seconds and offset.',
    },
    enum: { level: 'error', fate: 'rejected', line: 'A value is not one of the values that the field allows.' },
    'identity-missing': {
        level: 'error',
        fate: 'changed',
        line: 'A record for Profile has no value for its primary identity.',
    },
    'identity-invalid': {
        level: 'error',
        fate: 'changed',
        line: 'The platform skips the primary identity of a record for Profile.',
    },
    'header-empty': {
        level: 'error',
        fate: 'fails-batch',
        line: 'A CSV header names no columns.',
        text: 'the CSV header names no columns',
    },
    'schema-nested': {
        level: 'error',
        fate: 'changed',
        line: 'A CSV file is published without a mapping into a schema that is not flat.',
        text: 'CSV needs a flat schema, and this one is nested',
    },
    'column-empty': {
        level: 'error',
        fate: 'changed',
        line: 'A CSV column has no name.',
        text: 'this column has no name',
    },
    'column-duplicate': {
        level: 'error',
        fate: 'changed',
        line: 'Two columns have the same name.',
        text: 'this column name occurs more than once',
    },
    'ragged-row': {
        level: 'error',
        fate: 'changed',
        line: 'A CSV row has more or fewer values than the header has columns.',
    },
    'null-value': {
        level: 'warning',
        line: 'A field is null; the platform asks to omit it.',
        text: 'null is not allowed; omit the field',
    },
    'required-defaulted': {
        level: 'warning',
        line: "A required field is missing or null, and the schema's default applies.",
        text: 'this required field is missing or null; the default of the schema applies',
    },
    'enum-deep': {
        level: 'warning',
        line: 'As "enum", but in an array, a map or deep in the record, where the platform may accept it.',
    },
    'not-finite': {
        level: 'warning',
        line: 'A number is NaN or infinite (Parquet): how the platform reads it is not documented.',
    },
    'integer-decimal': {
        level: 'warning',
        line: 'A whole number for an integer field is written as a decimal (1.0, 1e3).',
    },
    'integer-precision': {
        level: 'warning',
        line: 'A long integer has more digits than a reader of doubles keeps.',
    },
    'date-with-time': { level: 'warning', line: 'A date field holds a date-time.' },
    'epoch-seconds': { level: 'warning', line: 'An epoch time, read as milliseconds, looks like seconds.' },
    format: { level: 'warning', line: 'A string does not have the format of the schema (email, uri, \u2026).' },
    pattern: { level: 'warning', line: 'A string does not match the pattern of its field.' },
    length: { level: 'warning', line: 'A string is shorter or longer than the schema allows.' },
    'deprecated-field': { level: 'warning', line: 'A deprecated field has a value.', text: 'this field is deprecated' },
    'map-key': { level: 'warning', line: 'A map has an empty key.', text: 'a key of this map is empty' },
    'duplicate-key': {
        level: 'warning',
        line: 'An object has the same key twice; readers keep the last value.',
        text: 'this key occurs twice; readers keep the last value',
    },
    'duplicate-key-row': {
        level: 'warning',
        line: 'Two rows have the same key: in Profile, the last one that is ingested wins.',
    },
    'duplicate-primary-key': {
        level: 'warning',
        line: 'Two rows of relational data have the same primary key: only the one with the highest version stays.',
    },
    'duplicate-id': { level: 'warning', line: 'Two events have the same _id.' },
    'identity-primary': { level: 'warning', line: 'The identityMap does not mark exactly one identity as primary.' },
    'identity-skipped': {
        level: 'warning',
        line: 'An identity of a record for Profile, other than the primary one, is one that the platform skips.',
    },
    'identity-many': { level: 'warning', line: 'A record for Profile has more than 20 identities.' },
    'oversize-record': { level: 'warning', line: 'A record is larger than Profile allows (100 kB, events 10 kB).' },
    'column-missing': {
        level: 'warning',
        line: 'A CSV file has no column for a field of the schema.',
        text: 'the file has no column for this field',
    },
    'column-blank': {
        level: 'warning',
        line: 'The name of a CSV column contains a space.',
        text: 'this column name contains a space',
    },
    'column-type': {
        level: 'warning',
        line: 'No document says how the platform reads this Parquet type.',
        text: 'no document says how the platform reads the type of this column',
    },
};
function issueOf(code, words, fate = fateOf(RULES[code])) {
    const issue = { code, level: RULES[code].level, fate, ...words };
    const { path, at = path, expected, received } = words;
    if (path.length + expected.length + received.length <= MOST_CHARACTERS)
        return issue;
    return { ...issue, path: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(path), at, expected: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(expected), received: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(received) };
}
const MOST_CHARACTERS = 1_000;
function issueText({ code, expected, received, hint }) {
    const text = (0,_lib_json_reader_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(RULES, code)?.text ?? `expected ${expected}, found ${received}`;
    return hint === undefined ? text : `${text} (${hint})`;
}
function fateOf(rule) {
    return rule.level === 'error' ? rule.fate : 'kept';
}


/***/ }),

/***/ 8901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  $V: () => (/* binding */ DOUBT),
  Ue: () => (/* binding */ WORD_LENGTH),
  se: () => (/* binding */ afterSpaces),
  Nm: () => (/* binding */ createScanState),
  k$: () => (/* binding */ noteNull),
  kH: () => (/* binding */ noteOf),
  sh: () => (/* binding */ scanBoolean),
  xK: () => (/* binding */ scanNull),
  E7: () => (/* binding */ wordAt)
});

// UNUSED EXPORTS: Notes

// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/schema/scan/keys.js
var keys = __nccwpck_require__(1852);
// EXTERNAL MODULE: ./build/schema/scan/moment-code.js
var moment_code = __nccwpck_require__(7344);
// EXTERNAL MODULE: ./build/schema/scan/vector.js
var vector = __nccwpck_require__(8459);
;// CONCATENATED MODULE: ./build/schema/scan/window.js


const FEW_LISTS = 200;
class PlainWindow {
    #search;
    #bytes = new Uint8Array(0);
    #start = 0;
    #end = 0;
    #lists = 0;
    begin(bytes) {
        this.#bytes = bytes;
        this.#start = this.#end = 0;
    }
    afterPlain(from) {
        return this.#find('find', from);
    }
    afterSimpleEscapes(from) {
        return this.#find('findEnd', from);
    }
    #find(how, from) {
        const search = (this.#search ??= (0,vector/* createVectorSearch */.S$)());
        let at = from;
        if (at < this.#start || at >= this.#end)
            this.#moveTo(at, search);
        while ((at = search[how](at - this.#start) + this.#start) === this.#end && at < this.#bytes.length) {
            this.#moveTo(at, search);
        }
        return at;
    }
    afterUriCharacters(from) {
        const search = (this.#search ??= (0,vector/* createVectorSearch */.S$)());
        if (from < this.#start || from >= this.#end)
            this.#moveTo(from, search);
        return search.afterUriCharacters(from - this.#start) + this.#start;
    }
    afterTexts(from) {
        const search = this.#searchOfLists();
        if (search === undefined)
            return from;
        if (from < this.#start || from >= this.#end)
            this.#moveTo(from, search);
        return search.afterTexts(from - this.#start) + this.#start;
    }
    afterLimitedTexts(from, least, more) {
        const search = this.#searchOfLists();
        if (search === undefined)
            return from;
        if (from < this.#start || from >= this.#end)
            this.#moveTo(from, search);
        return search.afterLimitedTexts(from - this.#start, least, more) + this.#start;
    }
    afterPointers(from) {
        const search = this.#searchOfLists();
        if (search === undefined)
            return from;
        if (from < this.#start || from >= this.#end)
            this.#moveTo(from, search);
        return search.afterPointers(from - this.#start) + this.#start;
    }
    afterMoments(from) {
        const search = this.#searchOfLists();
        if (search === undefined)
            return from;
        if (from < this.#start || from + moment_code/* LONGEST_MOMENT */.C > this.#end)
            this.#moveTo(from, search);
        return search.afterMoments(from - this.#start) + this.#start;
    }
    #searchOfLists() {
        if (this.#search === undefined && this.#lists++ >= FEW_LISTS)
            this.#search = (0,vector/* createVectorSearch */.S$)();
        return this.#search;
    }
    #moveTo(start, { memory }) {
        const end = Math.min(start + memory.length - 1 - vector/* BYTES_BEHIND */.V8, this.#bytes.length);
        memory.set(this.#bytes.subarray(start, end));
        memory[end - start] = 0;
        this.#start = start;
        this.#end = end;
    }
}

// EXTERNAL MODULE: ./build/schema/walk.js
var walk = __nccwpck_require__(5521);
// EXTERNAL MODULE: ./build/schema/rules.js
var rules = __nccwpck_require__(9333);
;// CONCATENATED MODULE: ./build/schema/scan.js





const DOUBT = -1;
const WORD_LENGTH = 4;
function createScanState() {
    const bytes = Buffer.alloc(0);
    return {
        bytes,
        view: new DataView(bytes.buffer),
        lastWord: -WORD_LENGTH,
        window: new PlainWindow(),
        objects: 0,
        depth: 0,
        keyStart: 0,
        keyEnd: 0,
        idStart: 0,
        idEnd: 0,
        hasIdentity: false,
        identities: 0,
        primaries: 0,
        notes: new Notes(),
        keys: new keys/* RecordKeys */.kv(),
        probe: new Probe(),
    };
}
function noteOf(code, path, words) {
    if (path === undefined)
        return undefined;
    const issue = (0,rules/* issueOf */.v1)(code, { path, ...words });
    const { fate } = issue;
    if (fate !== 'kept')
        return undefined;
    const hasOnePath = !/\/(?:\*|\d+)(?:\/|$)/.test(path);
    return { code, fate, path, issue: hasOnePath ? issue : undefined, counter: { by: undefined, group: undefined } };
}
class Notes {
    #notes = [];
    #starts = [];
    length = 0;
    add(note, start) {
        if (note === undefined)
            return false;
        this.#starts[this.length] = start;
        this.#notes[this.length++] = note;
        return true;
    }
    at(index) {
        return index < this.length ? this.#notes[index] : undefined;
    }
    startOf(index) {
        return this.#starts[index] ?? 0;
    }
}
class Probe {
    #walk = new walk/* Walk */.qO(false);
    #isInOrder = true;
    accepts(check, value) {
        this.#isInOrder = true;
        this.#walk.begin(this.#doubt);
        check(value, this.#walk);
        return this.#isInOrder;
    }
    #doubt = () => {
        this.#isInOrder = false;
    };
}
function afterSpaces(bytes, from) {
    let at = from;
    for (let byte = bytes[at] ?? 0; byte <= lib_text/* SPACE */.t6; byte = bytes[++at] ?? 0) {
        if (byte !== lib_text/* SPACE */.t6 && byte !== lib_text/* TAB */.wn && byte !== lib_text/* CARRIAGE_RETURN */.u7)
            return at;
    }
    return at;
}
const NULL = Buffer.from('null').readInt32LE();
const TRUE = Buffer.from('true').readInt32LE();
const FALS = Buffer.from('fals').readInt32LE();
const E = 0x65;
function scanNull(state, start) {
    return wordAt(state, start) === NULL ? start + WORD_LENGTH : DOUBT;
}
function noteNull(state, start, note) {
    const end = note === undefined ? DOUBT : scanNull(state, start);
    return end !== DOUBT && state.notes.add(note, start) ? end : DOUBT;
}
function scanBoolean(state, start) {
    const { bytes } = state;
    const word = wordAt(state, start);
    if (word === TRUE)
        return start + WORD_LENGTH;
    return word === FALS && bytes[start + WORD_LENGTH] === E ? start + WORD_LENGTH + 1 : DOUBT;
}
function wordAt({ view, lastWord }, at) {
    return at <= lastWord ? view.getInt32(at, true) : 0;
}


/***/ }),

/***/ 4696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C5: () => (/* binding */ branchIf),
/* harmony export */   G1: () => (/* binding */ position),
/* harmony export */   HW: () => (/* binding */ loop),
/* harmony export */   Jt: () => (/* binding */ get),
/* harmony export */   PM: () => (/* binding */ step),
/* harmony export */   Q7: () => (/* binding */ all),
/* harmony export */   T6: () => (/* binding */ encodeModule),
/* harmony export */   dY: () => (/* binding */ constant),
/* harmony export */   hZ: () => (/* binding */ set),
/* harmony export */   iL: () => (/* binding */ v128),
/* harmony export */   nR: () => (/* binding */ tee),
/* harmony export */   om: () => (/* binding */ block),
/* harmony export */   rT: () => (/* binding */ i32),
/* harmony export */   tk: () => (/* binding */ branch),
/* harmony export */   z7: () => (/* binding */ when)
/* harmony export */ });
const I32 = 0x7f;
const V128 = 0x7b;
const whole = (value) => [(value & 0x7f) | 0x80, value >> 7];
const all = (...code) => code.flat();
const get = (local) => [0x20, local];
const set = (local) => [0x21, local];
const tee = (local) => [0x22, local];
const constant = (value) => [0x41, ...whole(value)];
const step = (local, by) => all(get(local), constant(by), i32.add, set(local));
const END = [0x0b];
const block = (...code) => all([0x02, 0x40], ...code, END);
const loop = (...code) => all([0x03, 0x40], ...code, END);
const when = (...code) => all([0x04, 0x40], ...code, END);
const branch = (depth) => [0x0c, depth];
const branchIf = (depth) => [0x0d, depth];
const position = ({ parameters, i32: words, v128: vectors }, ...code) => ({
    parameters,
    code: all([2, words - parameters, I32, vectors, V128], ...code, END),
});
const typeOf = (parameters) => all([0x60, parameters], Array(parameters).fill(I32), [1, I32]);
const i32 = {
    byteAt: (offset) => [0x2d, 0, offset],
    isZero: [0x45],
    isEqual: [0x46],
    isOther: [0x47],
    isAbove: [0x4b],
    trailingZeros: [0x68],
    add: [0x6a],
    subtract: [0x6b],
    multiply: [0x6c],
    and: [0x71],
    or: [0x72],
    xor: [0x73],
    shiftLeft: [0x74],
    shiftRight: [0x76],
};
const v128 = {
    load: (offset) => [0xfd, 0x00, 0, offset],
    of: (bytes) => [0xfd, 0x0c, ...bytes],
    next: (local) => all(get(local), get(local), [0xfd, 0x0d], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
    pick: [0xfd, 0x0e],
    repeat: [0xfd, 0x0f],
    byte: (index) => [0xfd, 0x16, index],
    isEqual: [0xfd, 0x23],
    isAtMostSigned: [0xfd, 0x29],
    isAtMost: [0xfd, 0x2a],
    and: [0xfd, 0x4e],
    or: [0xfd, 0x50],
    hasAny: [0xfd, 0x53],
    hasAll: [0xfd, 0xe3, 0],
    mask: [0xfd, 0xe4, 0],
    shiftRight: [0xfd, 0xed, 0],
    add: [0xfd, 0xee, 0],
    subtract: [0xfd, 0xf1, 0],
    multiplyPairs: [0xfd, 0x95, 1],
};
const sized = (code) => all(whole(code.length), code);
const section = (id, ...code) => all([id], sized(all(...code)));
const name = (text) => sized([...Buffer.from(text)]);
function encodeModule(pages, functions) {
    const exported = Object.keys(functions).map((text, index) => all(name(text), [0, index]));
    const count = exported.length;
    return Uint8Array.from(all([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], section(1, [2], typeOf(1), typeOf(3)), section(3, [count], Object.values(functions).map(({ parameters }) => (parameters === 1 ? 0 : 1))), section(5, [1, 0x01, pages, pages]), section(7, [count + 1], name('memory'), [2, 0], ...exported), section(10, [count], ...Object.values(functions).map(({ code }) => sized(code)))));
}


/***/ }),

/***/ 5078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ passTexts),
/* harmony export */   Ey: () => (/* binding */ scanJson),
/* harmony export */   Ib: () => (/* binding */ scanEntries),
/* harmony export */   Js: () => (/* binding */ scanArray)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4869);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8901);
/* harmony import */ var _keys_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1852);
/* harmony import */ var _number_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4993);
/* harmony import */ var _string_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6845);





const N = 0x6e;
const DEEPEST = 100;
function scanJson(state, start) {
    switch (state.bytes[start]) {
        case _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA:
            return (0,_string_js__WEBPACK_IMPORTED_MODULE_3__/* .scanString */ .pM)(state, start);
        case _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .OPEN_BRACE */ .Hv:
            return scanDeeper(state, start, scanObject);
        case _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .OPEN_BRACKET */ .WL:
            return scanDeeper(state, start, scanItems);
        default:
            return scanOther(state, start);
    }
}
function scanDeeper(state, start, scan) {
    if (++state.depth > DEEPEST)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    const end = scan(state, start);
    state.depth--;
    return end;
}
function scanObject(state, start) {
    return scanEntries(state, start, ANYTHING);
}
function scanItems(state, start) {
    return scanArray(state, start, ANYTHING);
}
function scanOther(state, start) {
    const end = (0,_number_js__WEBPACK_IMPORTED_MODULE_2__/* .scanNumber */ .d8)(state, start);
    if (end !== _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
        return end;
    const word = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .scanBoolean */ .sh)(state, start);
    return word === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V ? (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .scanNull */ .xK)(state, start) : word;
}
const ANYTHING = { scan: scanJson, ofNull: undefined, pass: passTexts, areOpen: true };
function passTexts({ window }, start) {
    return window.afterTexts(start);
}
function scanArray(state, start, { scan, ofNull, pass, areOpen = false }) {
    const { bytes } = state;
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .OPEN_BRACKET */ .WL)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    let at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, start + 1);
    if (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .CLOSE_BRACKET */ .wt)
        return at + 1;
    for (;;) {
        if (pass !== undefined && bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA)
            at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, pass(state, at));
        else if (areOpen)
            at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, (0,_number_js__WEBPACK_IMPORTED_MODULE_2__/* .afterIntegers */ .UY)(bytes, at));
        const end = bytes[at] === N && ofNull !== undefined ? (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .noteNull */ .k$)(state, at, ofNull) : scan(state, at);
        if (end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, end);
        if (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .CLOSE_BRACKET */ .wt)
            return at + 1;
        if (bytes[at] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .COMMA */ .KE)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, at + 1);
    }
}
function scanEntries(state, start, { scan, ofNull, known }) {
    const { bytes } = state;
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .OPEN_BRACE */ .Hv)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    const keys = { object: ++state.objects, spelling: 0, known };
    known?.begin();
    let at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, start + 1);
    if (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .CLOSE_BRACE */ .rc)
        return at + 1;
    for (;;) {
        const end = afterKey(state, at, keys);
        if (end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        state.keyStart = at;
        state.keyEnd = end;
        const colon = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, end);
        if (bytes[colon] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .COLON */ .oH)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        const valueAt = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, colon + 1);
        const isNoted = bytes[valueAt] === N && ofNull !== undefined;
        const valueEnd = isNoted ? (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .noteNull */ .k$)(state, valueAt, ofNull) : scan(state, valueAt);
        if (valueEnd === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, valueEnd);
        if (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .CLOSE_BRACE */ .rc)
            return at + 1;
        if (bytes[at] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .COMMA */ .KE)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        at = (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .afterSpaces */ .se)(bytes, at + 1);
    }
}
function afterKey(state, at, keys) {
    const { object, known } = keys;
    const key = known?.find(state, at);
    if (key === undefined)
        return afterUnknownKey(state, at, keys);
    const { meaning } = key;
    if (meaning.lastObject === object)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    meaning.lastObject = object;
    keys.spelling |= meaning.spelling;
    return (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .isMixed */ .Oq)(keys.spelling) ? _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V : at + key.length;
}
function afterUnknownKey(state, at, keys) {
    const { object, known } = keys;
    let end = (0,_string_js__WEBPACK_IMPORTED_MODULE_3__/* .scanPlainString */ .$d)(state, at);
    if (end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
        end = (0,_string_js__WEBPACK_IMPORTED_MODULE_3__/* .scanString */ .pM)(state, at);
    if (end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    const spelling = (0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .spellingOf */ .k2)(state.bytes, at, end);
    keys.spelling |= spelling;
    if ((0,_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .isMixed */ .Oq)(keys.spelling))
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    if (known?.learn(state, at, end, { spelling, lastObject: object }))
        return end;
    return state.keys.add(object, at, end) ? end : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
}


/***/ }),

/***/ 1852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Oq: () => (/* binding */ isMixed),
/* harmony export */   k2: () => (/* binding */ spellingOf),
/* harmony export */   kv: () => (/* binding */ RecordKeys)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4869);

const LEAST_SLOTS = 64;
class RecordKeys {
    #objects = new Float64Array(LEAST_SLOTS);
    #starts = new Int32Array(LEAST_SLOTS);
    #ends = new Int32Array(LEAST_SLOTS);
    #bytes = Buffer.alloc(0);
    #first = 0;
    #count = 0;
    begin(bytes, firstObject) {
        this.#bytes = bytes;
        this.#first = firstObject;
        this.#count = 0;
    }
    add(object, start, end) {
        if (++this.#count * 2 > this.#objects.length)
            this.#grow();
        return this.#put(object, start, end);
    }
    #put(object, start, end) {
        const mask = this.#objects.length - 1;
        let slot = this.#hash(object, start, end) & mask;
        for (; (this.#objects[slot] ?? 0) >= this.#first; slot = (slot + 1) & mask) {
            if (this.#objects[slot] === object && this.#holds(slot, start, end))
                return false;
        }
        this.#objects[slot] = object;
        this.#starts[slot] = start;
        this.#ends[slot] = end;
        return true;
    }
    #holds(slot, start, end) {
        let before = this.#starts[slot] ?? 0;
        if ((this.#ends[slot] ?? 0) - before !== end - start)
            return false;
        const bytes = this.#bytes;
        for (let at = start; at < end; at++, before++)
            if (bytes[at] !== bytes[before])
                return false;
        return true;
    }
    #hash(object, start, end) {
        const bytes = this.#bytes;
        let hash = object | 0;
        for (let at = start; at < end; at++)
            hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
        return hash ^ (hash >>> 15);
    }
    #grow() {
        const [objects, starts, ends] = [this.#objects, this.#starts, this.#ends];
        const slots = objects.length * 4;
        this.#objects = new Float64Array(slots);
        this.#starts = new Int32Array(slots);
        this.#ends = new Int32Array(slots);
        objects.forEach((object, slot) => {
            if (object >= this.#first)
                this.#put(object, starts[slot] ?? 0, ends[slot] ?? 0);
        });
    }
}
const KeySpelling = { ascii: 0, raw: 1, escaped: 2, odd: 4 };
function spellingOf(bytes, start, end) {
    let spelling = 0;
    for (let at = start; at < end; at++) {
        const byte = bytes[at] ?? 0;
        if (byte > LAST_ASCII)
            spelling |= KeySpelling.raw;
        if (byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .BACKSLASH */ .r_)
            continue;
        const escape = bytes[++at];
        if (escape === _lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .SLASH */ .o)
            return KeySpelling.odd;
        if (escape !== U)
            continue;
        const digits = bytes.toString('latin1', at + 1, at + 5);
        if (parseInt(digits, 16) <= LAST_ASCII || digits !== digits.toLowerCase())
            return KeySpelling.odd;
        spelling |= KeySpelling.escaped;
    }
    return spelling;
}
function isMixed(spelling) {
    return spelling > KeySpelling.escaped;
}
const LAST_ASCII = 0x7f;
const U = 0x75;


/***/ }),

/***/ 7344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ LONGEST_MOMENT),
/* harmony export */   I: () => (/* binding */ encodeAfterMoments)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);
/* harmony import */ var _assembly_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4696);


const { /* all */ "Q7": all, /* block */ "om": block, /* branch */ "tk": branch, /* branchIf */ "C5": branchIf, /* constant */ "dY": constant, /* get */ "Jt": get, /* i32 */ "rT": i32, /* loop */ "HW": loop, /* position */ "G1": position, /* set */ "hZ": set, /* step */ "PM": step, /* tee */ "nR": tee, /* v128 */ "iL": v128, /* when */ "z7": when } = _assembly_js__WEBPACK_IMPORTED_MODULE_0__;
const [at, month, day, end, head, tail, pairs] = [0, 1, 2, 3, 4, 5, 6];
const LOCALS = { parameters: 1, i32: 4, v128: 3 };
const HEAD = '9999-19-39T29:59';
const TAIL = ':59?????????????';
const DIGITS = '9999999999999999';
function rangeOf(form) {
    const isDigit = (one) => one >= '0' && one <= '9';
    return {
        least: Uint8Array.from(form, (one) => (one === '?' ? 0 : isDigit(one) ? _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .ZERO */ .f2 : one.charCodeAt(0))),
        room: Uint8Array.from(form, (one) => (one === '?' ? 0xff : isDigit(one) ? Number(one) : 0)),
    };
}
const fromLeast = (form) => all(v128.of(rangeOf(form).least), v128.subtract);
const isWithin = (form) => all(v128.of(rangeOf(form).room), v128.isAtMost);
const MONTH = { place: HEAD.indexOf('19'), least: 1, most: 12 };
const DAY = { place: HEAD.indexOf('39'), least: 1, most: 31 };
const HOUR = { place: HEAD.indexOf('29'), least: 0, most: 23 };
function byPlace(byteOf, others) {
    const bytes = new Uint8Array(HEAD.length).fill(others);
    for (const number of [MONTH, DAY, HOUR])
        bytes[number.place] = byteOf(number);
    return bytes;
}
const arePairsWithin = () => all(all(v128.of(byPlace(({ least }) => least, 0)), v128.subtract), all(v128.of(byPlace(({ least, most }) => most - least, 0xff)), v128.isAtMost));
const tens = () => Uint8Array.from(HEAD, (_, index) => (index % 2 === 0 ? 10 : 0));
const isInOrder = () => all(all(get(at), v128.load(1), fromLeast(HEAD), set(head)), all(get(at), v128.load(1 + HEAD.length), set(tail)), all(get(head), v128.of(tens()), v128.multiplyPairs, v128.next(head), v128.add, set(pairs)), all(get(head), isWithin(HEAD), get(pairs), arePairsWithin(), v128.and), all(get(tail), fromLeast(TAIL), isWithin(TAIL), v128.and, v128.hasAll));
const isLate = () => all(all(get(pairs), v128.byte(MONTH.place), set(month)), all(get(pairs), v128.byte(DAY.place), tee(day)), all(constant(30), get(month), get(month), constant(3), i32.shiftRight, i32.xor, constant(1), i32.and, i32.add), all(get(month), constant(2), i32.isEqual, constant(1), i32.shiftLeft, i32.subtract), i32.isAbove);
const fractionDigits = () => all(all(get(tail), fromLeast(DIGITS), isWithin(DIGITS), v128.mask), all(constant(':59.'.length), i32.shiftRight, constant(0x1fff), i32.xor, i32.trailingZeros));
const byte = (offset) => all(get(end), i32.byteAt(offset));
const digit = (offset) => all(byte(offset), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .ZERO */ .f2), i32.subtract);
const isNot = (offset, character) => all(byte(offset), constant(character), i32.isOther);
const isAbove = (most) => all(constant(most), i32.isAbove);
const isNoOffset = () => all(all(byte(0), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLUS */ .b9), i32.subtract, constant(0xfd), i32.and), all(digit(1), isAbove(2), i32.or, digit(2), isAbove(9), i32.or), all(digit(1), constant(10), i32.multiply, digit(2), i32.add, isAbove(23), i32.or), all(isNot(3, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .COLON */ .oH), i32.or, digit(4), isAbove(5), i32.or, digit(5), isAbove(9), i32.or), all(isNot(6, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA), i32.or));
const Z = 0x5a;
const isZulu = () => all(byte(0), constant(Z), i32.isEqual, byte(1), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA), i32.isEqual, i32.and);
const LONGEST_MOMENT = '"2024-03-05T12:34:56.123456789+02:00", '.length;
const encodeAfterMoments = () => position(LOCALS, block(loop(all(get(at), i32.byteAt(0), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA), i32.isOther, branchIf(1)), all(isInOrder(), i32.isZero, branchIf(1), isLate(), branchIf(1)), all(get(at), constant(1 + HEAD.length + ':59'.length), i32.add, set(end)), all(get(tail), v128.byte(':59'.length), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .POINT */ .zh), i32.isEqual), when(all(fractionDigits(), tee(day), constant(1), i32.subtract, isAbove(8), branchIf(2)), all(get(end), get(day), i32.add, constant(1), i32.add, set(end))), all(isZulu(), i32.isZero), when(all(isNoOffset(), branchIf(2)), step(end, '+02:0'.length)), all(isNot(2, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .COMMA */ .KE), branchIf(1)), all(get(end), constant('Z",'.length), i32.add, byte(3), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SPACE */ .t6), i32.isEqual, i32.add, set(at)), branch(0))), get(at));


/***/ }),

/***/ 4993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dg: () => (/* binding */ afterDigits),
/* harmony export */   MI: () => (/* binding */ isExponent),
/* harmony export */   UY: () => (/* binding */ afterIntegers),
/* harmony export */   WR: () => (/* binding */ afterMixedDigits),
/* harmony export */   bq: () => (/* binding */ leadingDigits),
/* harmony export */   d8: () => (/* binding */ scanNumber),
/* harmony export */   tk: () => (/* binding */ numberAt),
/* harmony export */   uY: () => (/* binding */ ZEROS),
/* harmony export */   wP: () => (/* binding */ isWhole),
/* harmony export */   yl: () => (/* binding */ verbatimAt)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4869);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1106);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8901);



function afterDigits(bytes, from) {
    let at = from;
    for (let byte = bytes[at] ?? 0; byte >= _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .ZERO */ .f2 && byte <= _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .NINE */ .bn; byte = bytes[at] ?? 0)
        at++;
    return at;
}
function afterMixedDigits({ bytes, view, lastWord }, from) {
    let at = from;
    for (; at <= lastWord; at += _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .WORD_LENGTH */ .Ue) {
        const digits = leadingDigits(view.getInt32(at, true) ^ ZEROS);
        if (digits < _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .WORD_LENGTH */ .Ue)
            return at + digits;
    }
    return afterDigits(bytes, at);
}
function afterIntegers(bytes, from) {
    let item = from;
    for (;;) {
        const first = bytes[item] ?? 0;
        if (first <= _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .ZERO */ .f2 || first > _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .NINE */ .bn)
            return item;
        const end = afterDigits(bytes, item + 1);
        if (bytes[end] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .COMMA */ .KE)
            return item;
        item = end + 1;
    }
}
const ZEROS = 0x30303030;
function leadingDigits(values) {
    const others = (values | (values + 0x06060606)) & 0xf0f0f0f0;
    return others === 0 ? _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .WORD_LENGTH */ .Ue : (31 - Math.clz32(others & -others)) >> 3;
}
function isWhole(bytes, first, end) {
    return end > first && (bytes[first] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .ZERO */ .f2 || end === first + 1);
}
function scanNumber({ bytes }, start) {
    const first = bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .MINUS */ .N5 ? start + 1 : start;
    const point = afterDigits(bytes, first);
    if (!isWhole(bytes, first, point))
        return _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V;
    const end = bytes[point] === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .POINT */ .zh ? afterDigits(bytes, point + 1) : point;
    return end === point + 1 ? _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V : afterExponent(bytes, end);
}
const E = 0x65;
const UPPER_E = 0x45;
function isExponent(byte) {
    return byte === E || byte === UPPER_E;
}
function afterExponent(bytes, at) {
    if (!isExponent(bytes[at]))
        return at;
    const sign = bytes[at + 1];
    const first = sign === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .PLUS */ .b9 || sign === _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .MINUS */ .N5 ? at + 2 : at + 1;
    const end = afterDigits(bytes, first);
    return end === first ? _scan_js__WEBPACK_IMPORTED_MODULE_1__/* .DOUBT */ .$V : end;
}
function numberAt(bytes, start, end) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readNumber */ .kz)(bytes.toString('latin1', start, end));
}
function verbatimAt(bytes, first, end) {
    const middle = end - first > MOST_SMALL_DIGITS ? end - MOST_SMALL_DIGITS : first;
    const low = smallAt(bytes, middle, end);
    return middle === first ? low : smallAt(bytes, first, middle) * 1e9 + low;
}
const MOST_SMALL_DIGITS = 9;
function smallAt(bytes, first, end) {
    let number = 0;
    for (let at = first; at < end; at++)
        number = (Math.imul(number, 10) + (bytes[at] ?? 0) - _lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .ZERO */ .f2) | 0;
    return number;
}


/***/ }),

/***/ 9386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fw: () => (/* binding */ encodeFindEnd),
/* harmony export */   Oh: () => (/* binding */ ESCAPED),
/* harmony export */   iI: () => (/* binding */ encodeFind),
/* harmony export */   nj: () => (/* binding */ encodeAfterTexts)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);
/* harmony import */ var _assembly_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4696);


const { /* all */ "Q7": all, /* block */ "om": block, /* branch */ "tk": branch, /* branchIf */ "C5": branchIf, /* constant */ "dY": constant, /* get */ "Jt": get, /* i32 */ "rT": i32, /* loop */ "HW": loop, /* position */ "G1": position, /* set */ "hZ": set, /* step */ "PM": step, /* tee */ "nR": tee, /* v128 */ "iL": v128, /* when */ "z7": when } = _assembly_js__WEBPACK_IMPORTED_MODULE_0__;
const [at, least, room, hits, before, end, escapes] = [0, 1, 2, 3, 4, 5, 6];
const [sixteen, quotes, slashes, controls] = [7, 8, 9, 10];
const LOCALS = { i32: 7, v128: 4 };
const fill = (local, byte) => all(constant(byte), v128.repeat, set(local));
const prepare = () => all(fill(quotes, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA), fill(slashes, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .BACKSLASH */ .r_), fill(controls, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SPACE */ .t6 - 1));
const compare = (local, how) => all(get(sixteen), get(local), how);
const special = (local, offset, isAtMost = v128.isAtMost) => all(all(get(local), v128.load(offset), set(sixteen)), all(compare(quotes, v128.isEqual), compare(slashes, v128.isEqual), v128.or), all(compare(controls, isAtMost), v128.or));
const specialIn = (items) => {
    if (items === 'limited')
        return special(end, 0, v128.isAtMostSigned);
    const tildes = all(get(sixteen), v128.of(new Uint8Array(16).fill(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .TILDE */ .du)), v128.isEqual, v128.or);
    return all(special(end, 0), items === 'pointers' ? tildes : []);
};
const againIfZero = (code) => all(i32.isZero, when(code, branch(1)));
const encodeFind = () => position({ parameters: 1, ...LOCALS }, prepare(), loop(all(special(at, 0), special(at, 16), v128.or, special(at, 32), v128.or, special(at, 48), v128.or), all(v128.hasAny, againIfZero(step(at, 64)))), loop(special(at, 0), v128.mask, tee(hits), againIfZero(step(at, 16))), all(get(at), get(hits), i32.trailingZeros, i32.add));
const isNot = (local, offset, byte) => all(get(local), i32.byteAt(offset), constant(byte), i32.isOther);
const isSpaced = (from, offset) => all(get(from), i32.byteAt(offset), constant(_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SPACE */ .t6), i32.isEqual);
const ESCAPED = '"\\/bfnrt';
const isSimpleEscape = () => all(all(get(end), i32.byteAt(1), v128.repeat, v128.of(Buffer.from(ESCAPED.repeat(2))), v128.isEqual), v128.hasAny);
const moveToEnd = (items) => loop(all(specialIn(items), v128.mask, tee(hits), againIfZero(step(end, 16))), loop(all(get(end), get(hits), i32.trailingZeros, tee(before), i32.add, set(end)), all(isNot(end, 0, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .BACKSLASH */ .r_), i32.isZero), when(isSimpleEscape(), when(all(step(end, 2), step(escapes, 1)), all(get(hits), get(before), constant(2), i32.add, i32.shiftRight, tee(hits), branchIf(2), branch(3))))));
const encodeFindEnd = () => position({ parameters: 1, ...LOCALS }, prepare(), get(at), set(end), moveToEnd('texts'), get(end));
const isOutside = () => all(all(get(end), get(at), i32.subtract, constant(1), i32.subtract, get(escapes), i32.subtract), all(get(least), i32.subtract, get(room), i32.isAbove));
const encodeAfterTexts = (items) => position({ parameters: items === 'limited' ? 3 : 1, ...LOCALS }, prepare(), block(loop(all(isNot(at, 0, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA), branchIf(1)), all(get(at), constant(1), i32.add, set(end), constant(0), set(escapes)), moveToEnd(items), all(isNot(end, 0, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .QUOTE */ .jA), isNot(end, 1, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .COMMA */ .KE), i32.or, branchIf(1)), items === 'limited' ? all(isOutside(), branchIf(1)) : [], items === 'pointers' ? all(isNot(at, 1, _lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .SLASH */ .o), branchIf(1)) : [], all(get(end), constant(2), i32.add, isSpaced(end, 2), i32.add, set(at)), branch(0))), get(at));


/***/ }),

/***/ 9392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readScan)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4869);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8901);
/* harmony import */ var _number_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4993);
/* harmony import */ var _string_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6845);




function readScan(check) {
    return (state, start) => {
        const { bytes, probe } = state;
        const isText = bytes[start] === _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .QUOTE */ .jA;
        const end = isText ? (0,_string_js__WEBPACK_IMPORTED_MODULE_2__/* .scanString */ .pM)(state, start) : scanScalar(state, start);
        if (end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        const value = isText ? (0,_string_js__WEBPACK_IMPORTED_MODULE_2__/* .stringAt */ .bX)(bytes, start, end) : scalarAt(bytes, start, end);
        return probe.accepts(check, value) ? end : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    };
}
function scanScalar(state, start) {
    const end = (0,_number_js__WEBPACK_IMPORTED_MODULE_1__/* .scanNumber */ .d8)(state, start);
    return end === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V ? (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .scanBoolean */ .sh)(state, start) : end;
}
function scalarAt(bytes, start, end) {
    if (bytes[start] === T)
        return true;
    return bytes[start] === F ? false : (0,_number_js__WEBPACK_IMPORTED_MODULE_1__/* .numberAt */ .tk)(bytes, start, end);
}
const T = 0x74;
const F = 0x66;


/***/ }),

/***/ 6845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ scanPlainString),
/* harmony export */   Jv: () => (/* binding */ afterEscapes),
/* harmony export */   LU: () => (/* binding */ afterPlain),
/* harmony export */   Q5: () => (/* binding */ quotedBytes),
/* harmony export */   bX: () => (/* binding */ stringAt),
/* harmony export */   pM: () => (/* binding */ scanString)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4869);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8901);
/* harmony import */ var _plain_code_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9386);
/* harmony import */ var _vector_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8459);




function scanPlainString(state, start) {
    const { bytes } = state;
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .QUOTE */ .jA)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    const at = afterPlain(state, start + 1);
    return bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .QUOTE */ .jA ? at + 1 : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
}
function scanString(state, start) {
    const { bytes } = state;
    if (bytes[start] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .QUOTE */ .jA)
        return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    const at = afterPlain(state, start + 1);
    return bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .QUOTE */ .jA ? at + 1 : afterEscapes(state, at);
}
function afterEscapes(state, from) {
    const { bytes } = state;
    const far = from + MOST_SHORT_BYTES;
    let at = from;
    while (bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .BACKSLASH */ .r_) {
        at = afterEscape(bytes, at + 1);
        if (at === _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V)
            return _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
        if (bytes[at] !== _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .BACKSLASH */ .r_)
            at = at < far ? afterPlain(state, at) : state.window.afterSimpleEscapes(at);
    }
    return bytes[at] === _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .QUOTE */ .jA ? at + 1 : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
}
function quotedBytes(string) {
    const quoted = JSON.stringify(string);
    return quoted === `"${string}"` ? Buffer.from(quoted) : undefined;
}
function stringAt(bytes, start, end) {
    const inner = bytes.toString('utf8', start + 1, end - 1);
    return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
}
const U = 117;
const ESCAPED = tableOf(_plain_code_js__WEBPACK_IMPORTED_MODULE_1__/* .ESCAPED */ .Oh);
const HEX = tableOf('0123456789abcdefABCDEF');
function tableOf(bytes) {
    const table = new Uint8Array(256);
    for (const byte of Buffer.from(bytes))
        table[byte] = 1;
    return table;
}
const MOST_SHORT_BYTES = 16;
function afterPlain(state, from) {
    const { bytes } = state;
    let at = from;
    for (const end = from + MOST_SHORT_BYTES; at < end; at++)
        if (_vector_js__WEBPACK_IMPORTED_MODULE_2__/* .PLAIN */ .tZ[bytes[at] ?? 0] === 0)
            return at;
    return afterLongPlain(state, at);
}
const MOST_LONG_BYTES = 32;
function afterLongPlain(state, from) {
    const { bytes, view } = state;
    let at = from;
    const end = Math.min(from + MOST_LONG_BYTES, bytes.length);
    for (const last = end - 8; at <= last; at += 8) {
        const low = special(view.getInt32(at, true)) & 0x80808080;
        const high = special(view.getInt32(at + 4, true)) & 0x80808080;
        if ((low | high) !== 0)
            return low === 0 ? at + 4 + lowestByte(high) : at + lowestByte(low);
    }
    for (; at < end; at++)
        if (_vector_js__WEBPACK_IMPORTED_MODULE_2__/* .PLAIN */ .tZ[bytes[at] ?? 0] === 0)
            return at;
    return end === bytes.length ? end : state.window.afterPlain(end);
}
function lowestByte(bits) {
    return (31 - Math.clz32(bits & -bits)) >> 3;
}
function special(word) {
    const quotes = (word ^ 0x22222222) - 0x01010101;
    const slashes = (word ^ 0x5c5c5c5c) - 0x01010101;
    return ((word - 0x20202020) | quotes | slashes) & ~word;
}
function afterEscape(bytes, at) {
    const byte = bytes[at] ?? 0;
    if (byte !== U)
        return ESCAPED[byte] === 1 ? at + 1 : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
    const digits = (HEX[bytes[at + 1] ?? 0] ?? 0) &
        (HEX[bytes[at + 2] ?? 0] ?? 0) &
        (HEX[bytes[at + 3] ?? 0] ?? 0) &
        (HEX[bytes[at + 4] ?? 0] ?? 0);
    return digits === 1 ? at + 5 : _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .DOUBT */ .$V;
}


/***/ }),

/***/ 8894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BE: () => (/* binding */ LEAST_TOKEN_LENGTH),
/* harmony export */   wI: () => (/* binding */ TokenTable),
/* harmony export */   yU: () => (/* binding */ ByteToken)
/* harmony export */ });
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8901);

const LEAST_TOKEN_LENGTH = _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue;
class ByteToken {
    meaning;
    length;
    bytes;
    first;
    last;
    #doubles;
    next;
    constructor(bytes, meaning) {
        this.meaning = meaning;
        this.length = bytes.length;
        this.bytes = bytes;
        this.first = bytes.readInt32LE();
        this.last = bytes.readInt32LE(bytes.length - _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue);
        const doubles = bytes.length < DOUBLE_LENGTH ? 0 : Math.ceil(bytes.length / DOUBLE_LENGTH);
        this.#doubles = Float64Array.from({ length: doubles }, (_, index) => bytes.readDoubleLE(Math.min(index * DOUBLE_LENGTH, bytes.length - DOUBLE_LENGTH)));
    }
    standsAt({ view, lastWord }, at) {
        const last = at + this.length - _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue;
        if (last > lastWord || view.getInt32(last, true) !== this.last)
            return false;
        const doubles = this.#doubles;
        const end = doubles.length - 1;
        if (end < 0)
            return view.getInt32(at, true) === this.first;
        for (let index = 0, place = at; index < end; index++, place += DOUBLE_LENGTH) {
            if (view.getFloat64(place, true) !== doubles[index])
                return false;
        }
        return view.getFloat64(at + this.length - DOUBLE_LENGTH, true) === doubles[end];
    }
}
const DOUBLE_LENGTH = 8;
const MOST_TRIED = 4;
const LEAST_BUCKETS = 16;
class TokenTable {
    #middle;
    #buckets;
    #crowded;
    constructor(tokens, leastLength = MOST_LENGTH) {
        this.#middle = tokens.reduce((least, { length }) => Math.min(least, length), leastLength) - _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue;
        const least = Math.max(LEAST_BUCKETS, tokens.length * 2);
        this.#buckets = Array.from({ length: 2 ** Math.ceil(Math.log2(least)) }, () => []);
        for (const token of tokens)
            this.add(token);
    }
    add(token) {
        const { bytes, first, length } = token;
        const middle = this.#middle + _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue <= length ? bytes.readInt32LE(this.#middle) : 0;
        this.#buckets[this.#bucketOf(first, middle)]?.push(token);
        this.#crowded = undefined;
    }
    find(state, at) {
        if (this.#crowded !== undefined)
            return findAmongMany(this.#crowded, state, at);
        const bucket = this.#buckets[this.#bucketOf((0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .wordAt */ .E7)(state, at), (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .wordAt */ .E7)(state, at + this.#middle))];
        if (bucket === undefined || bucket.length === 0)
            return undefined;
        if (bucket.length <= MOST_TRIED)
            return standingAt(bucket, state, at);
        this.#crowded = byWhole(this.#buckets);
        return findAmongMany(this.#crowded, state, at);
    }
    #bucketOf(first, middle) {
        return mix(first ^ Math.imul(middle, 0x85ebca6b)) & (this.#buckets.length - 1);
    }
}
function findAmongMany(buckets, state, at) {
    return standingAt(buckets[mixString(state, at) & (buckets.length - 1)] ?? [], state, at);
}
const MOST_LENGTH = 32;
function byWhole(buckets) {
    const found = buckets.map(() => []);
    for (const token of buckets.flat()) {
        const padded = Buffer.concat([token.bytes], token.length + _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue);
        const view = new DataView(padded.buffer, padded.byteOffset, padded.length);
        found[mixString({ view, lastWord: token.length }, 0) & (found.length - 1)]?.push(token);
    }
    return found;
}
function standingAt(tokens, state, at) {
    for (const token of tokens)
        if (token.standsAt(state, at))
            return token;
    return undefined;
}
function mix(word) {
    const mixed = Math.imul(word, 0x9e3779b1);
    return mixed ^ (mixed >>> 16);
}
function mixString({ view, lastWord }, at) {
    let mixed = 0;
    for (let place = at + 1; place <= lastWord; place += _scan_js__WEBPACK_IMPORTED_MODULE_0__/* .WORD_LENGTH */ .Ue) {
        const word = view.getInt32(place, true);
        const quotes = word ^ 0x22222222;
        const found = (quotes - 0x01010101) & ~quotes & 0x80808080;
        if (found !== 0)
            return mix(mixed ^ (word & (((found & -found) - 1) >>> 7)));
        mixed = mix(mixed ^ word);
    }
    return mixed;
}


/***/ }),

/***/ 2296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ encodeAfterUri),
/* harmony export */   p: () => (/* binding */ IN_URI)
/* harmony export */ });
/* harmony import */ var _assembly_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4696);

const { /* all */ "Q7": all, /* branch */ "tk": branch, /* constant */ "dY": constant, /* get */ "Jt": get, /* i32 */ "rT": i32, /* loop */ "HW": loop, /* position */ "G1": position, /* set */ "hZ": set, /* step */ "PM": step, /* tee */ "nR": tee, /* v128 */ "iL": v128, /* when */ "z7": when } = _assembly_js__WEBPACK_IMPORTED_MODULE_0__;
const IN_URI = /[!#$&-;=?-Z[\]_a-z~]/;
const lowHalves = () => Uint8Array.from({ length: 16 }, (_, low) => [0, 1, 2, 3, 4, 5, 6, 7].reduce((bits, high) => bits | (IN_URI.test(String.fromCharCode((high << 4) | low)) ? 1 << high : 0), 0));
const highHalves = () => Uint8Array.from({ length: 16 }, (_, high) => (high < 8 ? 1 << high : 0));
const sixteen = (byte) => v128.of(new Uint8Array(16).fill(byte));
const [at, hits, bytes] = [0, 1, 2];
const isOther = () => all(all(get(at), v128.load(0), set(bytes)), all(v128.of(lowHalves()), get(bytes), sixteen(0x0f), v128.and, v128.pick), all(v128.of(highHalves()), get(bytes), constant(4), v128.shiftRight, v128.pick), all(v128.and, sixteen(0), v128.isEqual));
const encodeAfterUri = () => position({ parameters: 1, i32: 2, v128: 1 }, loop(isOther(), v128.mask, tee(hits), i32.isZero, when(step(at, 16), branch(1))), all(get(at), get(hits), i32.trailingZeros, i32.add));


/***/ }),

/***/ 8459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S$: () => (/* binding */ createVectorSearch),
/* harmony export */   V8: () => (/* binding */ BYTES_BEHIND),
/* harmony export */   tZ: () => (/* binding */ PLAIN)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4869);
/* harmony import */ var _assembly_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4696);
/* harmony import */ var _moment_code_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7344);
/* harmony import */ var _plain_code_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9386);
/* harmony import */ var _uri_code_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2296);





const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .SPACE */ .t6 && byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .QUOTE */ .jA && byte !== _lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .BACKSLASH */ .r_));
const BYTES_BEHIND = 63;
const PAGES = 1;
const PAGE_BYTES = 0x1_0000;
function createVectorSearch() {
    try {
        const code = {
            find: (0,_plain_code_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeFind */ .iI)(),
            findEnd: (0,_plain_code_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeFindEnd */ .Fw)(),
            afterUriCharacters: (0,_uri_code_js__WEBPACK_IMPORTED_MODULE_3__/* .encodeAfterUri */ .H)(),
            afterTexts: (0,_plain_code_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeAfterTexts */ .nj)('texts'),
            afterLimitedTexts: (0,_plain_code_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeAfterTexts */ .nj)('limited'),
            afterPointers: (0,_plain_code_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeAfterTexts */ .nj)('pointers'),
            afterMoments: (0,_moment_code_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeAfterMoments */ .I)(),
        };
        const module = new WebAssembly.Module((0,_assembly_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeModule */ .T6)(PAGES, code));
        const { memory, ...searches } = new WebAssembly.Instance(module).exports;
        return { memory: new Uint8Array(memory.buffer), ...searches };
    }
    catch {
        return createSlowSearch();
    }
}
function createSlowSearch() {
    const memory = new Uint8Array(PAGES * PAGE_BYTES);
    const find = (from) => {
        let at = from;
        while (PLAIN[memory[at] ?? 0] === 1)
            at++;
        return at;
    };
    return {
        memory,
        find,
        findEnd: find,
        afterUriCharacters: (from) => from,
        afterTexts: (from) => from,
        afterLimitedTexts: (from) => from,
        afterPointers: (from) => from,
        afterMoments: (from) => from,
    };
}


/***/ }),

/***/ 5521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ untypedCheck),
/* harmony export */   DB: () => (/* binding */ allowedCheck),
/* harmony export */   F7: () => (/* binding */ UNWANTED_NULL),
/* harmony export */   FT: () => (/* binding */ MOST_HINTS),
/* harmony export */   UT: () => (/* binding */ reportNotAllowed),
/* harmony export */   ed: () => (/* binding */ hiddenName),
/* harmony export */   go: () => (/* binding */ typeName),
/* harmony export */   qO: () => (/* binding */ Walk),
/* harmony export */   sh: () => (/* binding */ isPlainName),
/* harmony export */   vJ: () => (/* binding */ describeShape),
/* harmony export */   wg: () => (/* binding */ reportNull)
/* harmony export */ });
/* harmony import */ var _lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8908);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4869);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1106);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9333);




const LONGEST_SHOWN = 100;
function describe(value, showValues) {
    return (showValues ? shownText(value) : undefined) ?? typeName(value);
}
function shownText(value) {
    if (value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J)
        return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(value.text, LONGEST_SHOWN);
    if (typeof value === 'string')
        return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(JSON.stringify(value), LONGEST_SHOWN);
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
function describeShape(value, noun, showValues) {
    if (showValues || typeof value !== 'string')
        return describe(value, showValues);
    const shape = value
        .slice(0, LONGEST_SHAPE)
        .replace(/\p{L}\p{M}*/gu, 'a')
        .replace(/\p{N}/gu, '0')
        .replace(/[^a0 .,:/+-]/gu, '?');
    return `${noun} like ${JSON.stringify(shape)}${value.length > LONGEST_SHAPE ? ' \u2026' : ''}`;
}
const LONGEST_SHAPE = 40;
function isPlainName(name) {
    return name.length <= LONGEST_NAME && !/\d{5}/.test(name) && PLAIN_NAME.test(name);
}
const LONGEST_NAME = 64;
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+){0,3}$/;
function hiddenName(position) {
    return `key ${position}`;
}
function typeName(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'an array';
    if (value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J)
        return value.isInteger ? 'an integer' : 'a decimal number';
    if (ArrayBuffer.isView(value))
        return 'bytes';
    switch (typeof value) {
        case 'string':
            return value === '' ? 'an empty string' : 'a string';
        case 'number':
            return Number.isInteger(value) ? 'an integer' : 'a decimal number';
        case 'boolean':
            return 'a boolean';
        case 'undefined':
            return 'nothing';
        default:
            return 'an object';
    }
}
const MOST_HINTS = 100;
class Walk {
    showValues;
    members = 0;
    #hints = 0;
    #segments = [];
    #hidden = [];
    #depth = 0;
    #report = () => undefined;
    constructor(showValues) {
        this.showValues = showValues;
    }
    begin(report) {
        this.#depth = 0;
        this.members = 0;
        this.#hints = 0;
        this.#report = report;
    }
    enter(segment) {
        this.#hidden[this.#depth] = 0;
        this.#segments[this.#depth++] = segment;
    }
    enterKey(key, position) {
        this.#hidden[this.#depth] = this.showValues ? 0 : position;
        this.#segments[this.#depth++] = key;
    }
    enterUnknown(name, position) {
        if (isPlainName(name))
            this.enter(name);
        else
            this.enterKey(name, position);
    }
    leave() {
        this.#depth--;
    }
    passBy(value) {
        this.members += (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .countMembers */ .bI)(value);
    }
    mayHelp() {
        return this.#hints++ < MOST_HINTS;
    }
    reportMismatch(value, expected) {
        this.passBy(value);
        this.report('type-mismatch', { expected, received: typeName(value) });
    }
    reportValue(code, value, expected) {
        this.report(code, { expected, received: describe(value, this.showValues) });
    }
    reportShape(code, value, { expected, hint, noun = 'a string' }) {
        this.report(code, { expected, received: describeShape(value, noun, this.showValues), hint });
    }
    report(code, { expected, received, hint }) {
        const [path, at] = [this.#shownPath(), this.#path()];
        const words = { path, expected, received };
        const placed = at === path ? words : { ...words, at };
        this.#report((0,_rules_js__WEBPACK_IMPORTED_MODULE_1__/* .issueOf */ .v1)(code, hint === undefined ? placed : { ...placed, hint }));
    }
    #path() {
        return (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointer */ .W)(this.#segments.slice(0, this.#depth));
    }
    #shownPath() {
        const shown = (segment, depth) => {
            const position = this.#hidden[depth] ?? 0;
            return position === 0 ? segment : hiddenName(position);
        };
        return (0,_lib_json_pointer_js__WEBPACK_IMPORTED_MODULE_3__/* .pointer */ .W)(this.#segments.slice(0, this.#depth).map(shown));
    }
}
function reportNull(walk) {
    walk.report('null-value', UNWANTED_NULL);
}
const UNWANTED_NULL = { expected: 'a value, or no field', received: 'null' };
const MOST_LISTED = 8;
function reportNotAllowed({ values, isDeep }, value, walk) {
    const shown = [];
    for (const one of values)
        if (shown.push(JSON.stringify(one)) === MOST_LISTED)
            break;
    const more = values.size > MOST_LISTED ? ` or one of ${values.size - MOST_LISTED} more` : '';
    walk.reportValue(isDeep ? 'enum-deep' : 'enum', value, `one of ${shown.join(', ')}${more}`);
}
function allowedCheck(type, allowed, check) {
    return (value, walk) => {
        check(value, walk);
        if (typeof value === type && !allowed.values.has(value))
            reportNotAllowed(allowed, value, walk);
    };
}
function untypedCheck(allowed) {
    return (value, walk) => {
        walk.passBy(value);
        const plain = value instanceof _json_js__WEBPACK_IMPORTED_MODULE_0__/* .LosslessNumber */ ._J ? value.nearest : value;
        if (!allowed.values.has(plain))
            reportNotAllowed(allowed, value, walk);
    };
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		id: moduleId,
/******/ 		loaded: false,
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Flag the module as loaded
/******/ 	module.loaded = true;
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return {"81":"main-thread","447":"packages"}[chunkId] + ".js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/node module decorator */
/******/ (() => {
/******/ 	__nccwpck_require__.nmd = (module) => {
/******/ 		module.paths = [];
/******/ 		if (!module.children) module.children = [];
/******/ 		return module;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(9479);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
