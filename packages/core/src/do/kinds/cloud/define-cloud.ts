import { withDefaults, type CloudAnswers } from './cloud-answers.js';
import { frozen, missingMember, requireWhole, type Cloud } from './cloud.js';
import type { TypesOf } from './cloud-types.js';

/**
 * A cloud's value, of what it answers and of a default for each other member. It is checked by its type: a kind without its rules is an
 * error when it is compiled. Its tables are frozen.
 * @throws {TypeError} for a program without types, with the first member that is missing: `brook: links.pipe.targets`
 */
export function defineCloud<const C extends CloudAnswers>(answers: C): Cloud<TypesOf<C>> {
  requireAnswers(answers);
  const cloud = withDefaults(answers);
  requireWhole(cloud);
  return frozen(cloud) as unknown as Cloud<TypesOf<C>>;
}

/** A program without types may leave out the tables that the defaults are laid under. */
function requireAnswers(answers: CloudAnswers): void {
  const missing = (['links', 'gateways'] as const).find(
    (name) => typeof answers[name] !== 'object' || answers[name] === null,
  );
  if (missing !== undefined) throw missingMember(answers, missing);

  for (const [kind, { rules }] of [...Object.entries(answers.links), ...Object.entries(answers.gateways)]) {
    if (rules === undefined)
      throw missingMember(answers, `${Object.hasOwn(answers.links, kind) ? 'links' : 'gateways'}.${kind}.rules`);
  }
}
