import { parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';

const withEntry = (entry: string): string => `version: 1
project: shop
defaults: { region: eu-west-1 }
links:
  eu: { provider: aws, subnets: [subnet-1a2b3c4d], allowlist: [${entry}] }
integrations: {}
`;

function faultOf(text: string) {
  try {
    parseSpec(text);
  } catch (error) {
    return error as { message: string; remedy?: string; details?: { also?: unknown } };
  }
  return expect.fail('not refused');
}

describe('ports that are not valid', () => {
  it.each(['"90-80"', '"443-"', '"a"', '70000', '"1-70000"', '-1', '[443]'])(
    'ports: [%s] is one error with a remedy',
    (port) => {
      const { message, remedy, details } = faultOf(withEntry(`{ cidr: 10.0.0.0/16, ports: [${port}] }`));
      expect(message).toMatch(/not a valid port/);
      expect(message).not.toMatch(/Invalid|pattern/);
      expect(remedy).toMatch(/^Write /);
      expect(details?.also).toBeUndefined();
    },
  );

  it('a misspelled key is one error', () => {
    const { message, remedy, details } = faultOf(withEntry('{ cidr: 10.0.0.0/16, port: 443 }'));
    expect(message).toContain('unknown key "port"');
    expect(remedy).toContain('ports');
    expect(details?.also).toBeUndefined();
  });

  it.each([
    ['links: { eu/us: { provider: aws } }', 'not a valid name'],
    [
      'links: { eu: { provider: aws, subnets: [sg-1a2b3c4d] } }',
      'expected the ID of a subnet, got the ID of a security group',
    ],
    ['links: { eu: { provider: aws, subnets: [] } }', 'the list has too few items'],
  ])('%s: %s', (links, message) => {
    expect(
      faultOf(`version: 1\nproject: shop\ndefaults: { region: eu-west-1 }\n${links}\nintegrations: {}\n`).message,
    ).toContain(message);
  });
});
