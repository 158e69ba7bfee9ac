import fc from 'fast-check';

/** Texts for members, by name: mostly those whose form fits the kind of the name. Created once, since the lists of names are long. */
export function namedTexts(
  kinds: readonly (readonly [name: RegExp, form: RegExp])[],
  texts: readonly string[],
): (name: string) => fc.Arbitrary<string> {
  const any = fc.oneof(fc.constantFrom(...texts), fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/), fc.string());
  const byKind = kinds.map(([name, form]) => {
    const fitting = texts.filter((candidate) => form.test(candidate));
    const arbitrary =
      fitting.length === 0
        ? any
        : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: any });
    return { name, arbitrary };
  });
  return (member) => byKind.find(({ name }) => name.test(member))?.arbitrary ?? any;
}
