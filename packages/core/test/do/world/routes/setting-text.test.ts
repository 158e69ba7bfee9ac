import { describe, it, expect } from 'vitest';
import { settingText } from '../../../../src/do/world/routes/setting-text.js';

describe('settings as text', () => {
  it.each<[string, unknown, string | undefined]>([
    ['timeoutMs', 2_000, '2s'],
    ['timeoutMs', 2_500, '2500ms'],
    ['scopes', ['a', 'b'], 'a, b'],
    ['scopes', '["a","b"]', 'a, b'],
    ['scopes', 'a', 'a'],
    ['scopes', [], 'none'],
    [
      'parameters',
      { header: { 'x-tenant': 'header.tenant' }, query: { region: "'eu'" } },
      "header x-tenant from header.tenant, query region = 'eu'",
    ],
    ['parameters', '{"path":{"id":"path.id"}}', 'path id from path.id'],
    ['parameters', {}, 'none'],
    ['parameters', { header: {} }, 'none'],
    ['parameters', 'x', 'x'],
    ['parameters', 7, '7'],
    ['loadBalancer', ['nlb-1', 'nlb-2'], 'nlb-1, nlb-2'],
    ['loadBalancer', 'nlb-1', 'nlb-1'],
    ['timeoutMs', null, undefined],
    ['timeoutMs', undefined, undefined],
    ['host', 'x', undefined],
  ])('%s of %j', (field, value, expected) => {
    expect(settingText(field, value as never)).toBe(expected);
  });

  it('do not show constants with the name of a secret', () => {
    const text = settingText('parameters', { header: { authorization: "'Bearer abc'", plain: "'abc'" } });
    expect(text).not.toContain('Bearer');
    expect(text).toContain("header plain = 'abc'");
  });
});
