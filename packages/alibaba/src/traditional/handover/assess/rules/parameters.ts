import { SYSTEM_PARAMETERS } from '../../mapping/route-match.js';
import type { ParameterMapping } from '../../source/source-api.js';
import { blocked, changed, handoverRule, unknown, type HandoverRule } from '../rule.js';
import { keyText } from './paths.js';

const named = ({ name, place }: { readonly name: string; readonly place: string }): string => `${place} ${name}`;

const moves = ({ from, to }: ParameterMapping): boolean => from.place !== to.place || from.name !== to.name;

/** A parameter of the path that stays in the path is part of the rewrite of the path. */
const inPath = ({ from, to }: ParameterMapping): boolean => from.place === 'path' && to.place === 'path';

const listOf = (mappings: readonly ParameterMapping[]): readonly string[] =>
  mappings.map(({ from, to }) => `${named(from)} → ${named(to)}`);

/** A parameter whose place is not documented, or not in what was read. */
const PARAMETER_PLACE = unknown('{key} has parameters whose place is not known: {parameters}.', {
  affects: ['backend'],
  who: 'backend',
  remedy: 'Look up in the console where the backend gets them. A waiver means that they are passed unchanged.',
});

const mapping = handoverRule({
  id: 'parameter/mapping',
  classic: 'a parameter that is renamed, or moves between query, header, path and body',
  apig: 'none: HeaderModify sets headers to values that are fixed',
  codes: {
    HEADER_RENAMED: blocked(
      '{key} renames headers: {headers}. No documented policy of APIG copies the value of a header.',
      {
        affects: ['backend'],
        who: 'backend',
        remedy: 'Make the backend read the name that callers send. A waiver means that it gets that name only.',
      },
    ),
    PARAMETER_MOVED: blocked('{key} renames or moves parameters: {parameters}. No policy of APIG does that.', {
      affects: ['backend'],
      who: 'backend',
      remedy:
        'Make the backend accept the parameters as callers send them. A waiver means that it gets them unchanged.',
    }),
    PARAMETER_PLACE,
  },
  *find(view, say) {
    for (const one of view.published) {
      const key = keyText(one);
      const all = one.deployment.mappings.filter((mapped) => moves(mapped) && !inPath(mapped));
      const moved = all.filter(({ from, to }) => from.place !== 'other' && to.place !== 'other');
      const open = all.filter((mapped) => !moved.includes(mapped));
      const headers = moved.filter(({ from, to }) => from.place === 'header' && to.place === 'header');
      const rest = moved.filter((mapped) => !headers.includes(mapped));
      if (open.length > 0) yield say.PARAMETER_PLACE(one.about, { key, parameters: listOf(open) });
      if (headers.length > 0) yield say.HEADER_RENAMED(one.about, { key, headers: listOf(headers) });
      if (rest.length > 0) yield say.PARAMETER_MOVED(one.about, { key, parameters: listOf(rest) });
    }
  },
});

const constants = handoverRule({
  id: 'parameter/constant',
  classic: 'a constant parameter',
  apig: 'HeaderModify for a header; none for query, path and body',
  codes: {
    CONSTANT_HEADER: changed(
      '{key} adds the header {name}. A policy adds the same value, which is read when the hand-over runs.',
      { target: 'policy HeaderModify {name}', affects: ['backend'], who: 'platform' },
    ),
    CONSTANT_ELSEWHERE: blocked('{key} adds the {place} parameter {name}. Policies of APIG add headers only.', {
      affects: ['backend'],
      who: 'backend',
      remedy: 'Make the backend accept it as a header, or do without it.',
    }),
    PARAMETER_PLACE,
  },
  *find(view, say) {
    for (const one of view.published) {
      const key = keyText(one);
      for (const { place, name } of one.deployment.constants) {
        if (place === 'other') yield say.PARAMETER_PLACE(one.about, { key, parameters: name });
        else if (place === 'header') yield say.CONSTANT_HEADER(one.about, { key, name });
        else yield say.CONSTANT_ELSEWHERE(one.about, { key, place, name });
      }
    }
  },
});

const system = handoverRule({
  id: 'parameter/system',
  classic: 'a system parameter: `CaClientIp`, `CaRequestId`',
  apig: 'a header of the engine under another name, where one is known',
  codes: {
    SYSTEM_REPLACED: changed('The backend of {key} gets {name} as {header}. On the target it finds it in {how}.', {
      target: '{how}',
      affects: ['backend'],
      who: 'backend',
    }),
    SYSTEM_UNKNOWN: unknown(
      [
        'The backend of {key} gets {name} as {header}. It may be in {how} [U].',
        'The backend of {key} gets {name} as {header}. No counterpart of it is known on APIG.',
      ],
      {
        target: '{how|}',
        affects: ['backend'],
        who: 'backend',
        remedy: 'Check whether the backend needs {header}; if not, waive it.',
      },
    ),
  },
  *find(view, say) {
    for (const one of view.published) {
      const key = keyText(one);
      for (const { system: name, name: header } of one.deployment.system) {
        const { how, confirmed } = SYSTEM_PARAMETERS[name] ?? {};
        yield how !== undefined && confirmed === true
          ? say.SYSTEM_REPLACED(one.about, { key, name, header, how })
          : say.SYSTEM_UNKNOWN(one.about, { key, name, header, how });
      }
    }
  },
});

const contract = handoverRule({
  id: 'parameter/contract',
  classic: 'declared parameters: required, checked, and alone passed on (mode `MAPPING`)',
  apig: 'none: parameters of operations are documentation',
  codes: {
    PARAMETERS_UNCHECKED: changed(
      '{key} refuses calls without {parameters}, or with values that do not fit. The target passes them to the backend.',
      { affects: ['callers', 'backend'], who: 'backend', remedy: 'Let the backend check its parameters.' },
    ),
    PARAMETERS_UNFILTERED: changed(
      '{key} passes declared parameters only. On the target the backend gets all that callers send.',
      { affects: ['backend'], who: 'backend' },
    ),
  },
  *find(view, say) {
    for (const one of view.published) {
      const key = keyText(one);
      const { parameters, mode } = one.deployment;
      const checked = parameters.filter(({ required, checked: more, place }) => (required && place !== 'path') || more);
      if (checked.length > 0) yield say.PARAMETERS_UNCHECKED(one.about, { key, parameters: checked.map(named) });
      if (mode === 'MAPPING' && one.backend?.kind !== 'mock') yield say.PARAMETERS_UNFILTERED(one.about, { key });
    }
  },
});

export const parameterRules: readonly HandoverRule[] = [mapping, constants, system, contract];
