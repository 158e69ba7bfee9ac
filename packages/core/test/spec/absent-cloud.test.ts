import { cloud as aws } from '@postern/aws/cloud';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../src/do/kinds/cloud/clouds.js';
import { parseNeeds, parseSpec } from '../../src/internal/spec.js';

const KNOWN = { alibaba: '@postern/alibaba' };

/** The remedy for a text that names a cloud which the set lacks. */
function remedyOf(parse: () => unknown): string | undefined {
  try {
    parse();
  } catch (error) {
    return (error as { readonly remedy?: string }).remedy;
  }
  return undefined;
}

const linkOn = (cloud: string): string =>
  `version: 1\nproject: shop\nspec: shop\nlinks: { main: { provider: ${cloud}, region: cn-hangzhou } }\n`;
const needsOn = (cloud: string): string =>
  `provider: ${cloud}\nregion: cn-hangzhou\nservices: [{ name: orders, requestsPerSecond: 1, payloadKb: 1 }]\n`;

describe('a cloud that the set lacks', () => {
  const add =
    'give the program that brings it: --cloud FILE on the command line, its driver or clouds([…]) in a program.';
  const install = `For alibaba, run npm install @postern/alibaba, and ${add}`;

  it.each([
    [
      'a spec',
      'Write provider: aws.',
      (cloud: string, set = clouds([aws])) => parseSpec(linkOn(cloud), { clouds: set }),
    ],
    ['needs', 'Write one of aws.', (cloud: string, set = clouds([aws])) => parseNeeds(needsOn(cloud), { clouds: set })],
  ])('in %s is added by a program or an option; a package that is known is named', (_, first, parse) => {
    const known = clouds([aws], { known: KNOWN });
    expect(remedyOf(() => parse('alibaba'))).toBe(`${first} For another cloud, ${add}`);
    expect(remedyOf(() => parse('alibaba', known))).toBe(`${first} ${install}`);
    // A name that every object has is no package.
    for (const other of ['cumulus', 'constructor'])
      expect(remedyOf(() => parse(other, known))).toBe(`${first} For another cloud, ${add}`);
  });
});
