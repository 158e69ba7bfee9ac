import { rulesOf } from '../checks/registry.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Rule } from '../../do/findings/check.js';
import { checkNamed, type NamedFindings } from '../../do/findings/named-findings.js';

/**
 * Reads `--ignore-findings`: `CHECK` or `CHECK:SUBJECT`, such as `target/healthy`, `path/*` or
 * `path/route:link eu → *`; `*` alone means every check. A subject is the text that a finding shows, in which `*`
 * matches any text.
 * @throws {InvalidInputError} `INVALID_INPUT` for a check or a family that does not exist, or an empty subject.
 */
export function parseIgnoredFindings(texts: readonly string[], clouds: Clouds): readonly NamedFindings[] {
  const rules = rulesOf(clouds);
  return texts.flatMap((text) => {
    const colon = text.indexOf(':');
    const check = colon < 0 ? text : text.slice(0, colon);
    const subject = colon < 0 ? undefined : text.slice(colon + 1).trim();
    if (check === '*') return familiesOf(rules).map((family) => ({ check: family, subject }));
    const named = checkNamed(check, rules);
    if (named.is !== 'known') {
      const meant = named.is === 'absent' ? named.meant : undefined;
      throw new InvalidInputError('INVALID_INPUT', `ignored findings: check ${JSON.stringify(check)} does not exist`, {
        remedy:
          meant === undefined
            ? 'Write CHECK or CHECK:SUBJECT; docs/checks.md lists the checks.'
            : `Did you mean ${meant}?`,
      });
    }
    if (subject === '') {
      throw new InvalidInputError('INVALID_INPUT', `ignored findings: the subject after ${check}: is empty`, {
        remedy: `Write the subject that the finding shows, or only ${check}.`,
      });
    }
    return [{ check, subject }];
  });
}

function familiesOf(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.map(({ id }) => id.replace(/[^/]*$/, '*')))];
}
