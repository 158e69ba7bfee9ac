import { SYSTEM_PARAMETERS } from '../../mapping/route-match.js';
import type { ParameterMapping } from '../../source/source-api.js';
import { say, type Found, type HandoverRule } from '../rule.js';
import type { Published } from '../view.js';
import { keyText } from './paths.js';

const named = ({ name, place }: { readonly name: string; readonly place: string }): string => `${place} ${name}`;

const moves = ({ from, to }: ParameterMapping): boolean => from.place !== to.place || from.name !== to.name;

/** A parameter of the path that stays in the path is part of the rewrite of the path. */
const inPath = ({ from, to }: ParameterMapping): boolean => from.place === 'path' && to.place === 'path';

const list = (mappings: readonly ParameterMapping[]): string =>
  mappings.map(({ from, to }) => `${named(from)} → ${named(to)}`).join(', ');

/** A parameter whose place is not documented, or not in what was read. */
const placeItem = (one: Published, which: string): Found =>
  say.unknown('PARAMETER_PLACE', one.about, {
    affects: ['backend'],
    who: 'backend',
    message: `${keyText(one)} has parameters whose place is not known: ${which}.`,
    remedy: 'Look up in the console where the backend gets them. A waiver means that they are passed unchanged.',
  });

const mapping: HandoverRule = {
  id: 'parameter/mapping',
  classic: 'a parameter that is renamed, or moves between query, header, path and body',
  apig: 'none: HeaderModify sets headers to values that are fixed',
  codes: { HEADER_RENAMED: 'blocked', PARAMETER_MOVED: 'blocked', PARAMETER_PLACE: 'unknown' },
  *find(view) {
    for (const one of view.published) {
      const all = one.deployment.mappings.filter((mapped) => moves(mapped) && !inPath(mapped));
      const moved = all.filter(({ from, to }) => from.place !== 'other' && to.place !== 'other');
      const open = all.filter((mapped) => !moved.includes(mapped));
      if (open.length > 0) yield placeItem(one, list(open));
      const headers = moved.filter(({ from, to }) => from.place === 'header' && to.place === 'header');
      const rest = moved.filter((mapped) => !headers.includes(mapped));
      if (headers.length > 0) {
        yield say.blocked('HEADER_RENAMED', one.about, {
          affects: ['backend'],
          who: 'backend',
          message: `${keyText(one)} renames headers: ${list(headers)}. No documented policy of APIG copies the value of a header.`,
          remedy: 'Make the backend read the name that callers send. A waiver means that it gets that name only.',
        });
      }
      if (rest.length > 0) {
        yield say.blocked('PARAMETER_MOVED', one.about, {
          affects: ['backend'],
          who: 'backend',
          message: `${keyText(one)} renames or moves parameters: ${list(rest)}. No policy of APIG does that.`,
          remedy:
            'Make the backend accept the parameters as callers send them. A waiver means that it gets them unchanged.',
        });
      }
    }
  },
};

const constants: HandoverRule = {
  id: 'parameter/constant',
  classic: 'a constant parameter',
  apig: 'HeaderModify for a header; none for query, path and body',
  codes: { CONSTANT_HEADER: 'changed', CONSTANT_ELSEWHERE: 'blocked', PARAMETER_PLACE: 'unknown' },
  *find(view) {
    for (const one of view.published) {
      for (const constant of one.deployment.constants) {
        if (constant.place === 'other') {
          yield placeItem(one, constant.name);
          continue;
        }
        yield constant.place === 'header'
          ? say.changed('CONSTANT_HEADER', one.about, {
              target: `policy HeaderModify ${constant.name}`,
              affects: ['backend'],
              who: 'platform',
              message: `${keyText(one)} adds the header ${constant.name}. A policy adds the same value, which is read when the hand-over runs.`,
            })
          : say.blocked('CONSTANT_ELSEWHERE', one.about, {
              affects: ['backend'],
              who: 'backend',
              message: `${keyText(one)} adds the ${constant.place} parameter ${constant.name}. Policies of APIG add headers only.`,
              remedy: 'Make the backend accept it as a header, or do without it.',
            });
      }
    }
  },
};

const system: HandoverRule = {
  id: 'parameter/system',
  classic: 'a system parameter: `CaClientIp`, `CaRequestId`',
  apig: 'a header of the engine under another name, where one is known',
  codes: { SYSTEM_REPLACED: 'changed', SYSTEM_UNKNOWN: 'unknown' },
  *find(view) {
    for (const one of view.published) {
      for (const { system: name, name: as } of one.deployment.system) {
        const substitute = SYSTEM_PARAMETERS[name];
        yield substitute?.confirmed === true
          ? say.changed('SYSTEM_REPLACED', one.about, {
              target: substitute.how,
              affects: ['backend'],
              who: 'backend',
              message: `The backend of ${keyText(one)} gets ${name} as ${as}. On the target it finds it in ${substitute.how}.`,
            })
          : say.unknown('SYSTEM_UNKNOWN', one.about, {
              target: substitute?.how,
              affects: ['backend'],
              who: 'backend',
              message:
                substitute === undefined
                  ? `The backend of ${keyText(one)} gets ${name} as ${as}. No counterpart of it is known on APIG.`
                  : `The backend of ${keyText(one)} gets ${name} as ${as}. It may be in ${substitute.how} [U].`,
              remedy: `Check whether the backend needs ${as}; if not, waive it.`,
            });
      }
    }
  },
};

const contract: HandoverRule = {
  id: 'parameter/contract',
  classic: 'declared parameters: required, checked, and alone passed on (mode `MAPPING`)',
  apig: 'none: parameters of operations are documentation',
  codes: { PARAMETERS_UNCHECKED: 'changed', PARAMETERS_UNFILTERED: 'changed' },
  *find(view) {
    for (const one of view.published) {
      const { parameters, mode } = one.deployment;
      const checked = parameters.filter(({ required, checked: more, place }) => (required && place !== 'path') || more);
      if (checked.length > 0) {
        yield say.changed('PARAMETERS_UNCHECKED', one.about, {
          affects: ['callers', 'backend'],
          who: 'backend',
          message: `${keyText(one)} refuses calls without ${checked.map(named).join(', ')}, or with values that do not fit. The target passes them to the backend.`,
          remedy: 'Let the backend check its parameters.',
        });
      }
      if (mode === 'MAPPING' && one.backend?.kind !== 'mock') {
        yield say.changed('PARAMETERS_UNFILTERED', one.about, {
          affects: ['backend'],
          who: 'backend',
          message: `${keyText(one)} passes declared parameters only. On the target the backend gets all that callers send.`,
        });
      }
    }
  },
};

export const parameterRules: readonly HandoverRule[] = [mapping, constants, system, contract];
