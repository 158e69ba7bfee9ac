/**
 * A command as the journal names it, `apply --max-parallel --prune`: the names of the options that were given,
 * without their values, which may be of any content.
 */
export function commandText(verb: string, options: object): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : name,
  );
  const flags = given.map((name) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  return [verb.toLowerCase(), ...flags.toSorted()].join(' ');
}
