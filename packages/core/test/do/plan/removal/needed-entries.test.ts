import { describe, expect, it } from 'vitest';
import { step } from '../../../../src/do/plan/step-input.js';
import { draftOf } from './owned.js';
import { entry, narrowed, OLD, type Scene } from './narrowed.js';

describe('entries that a declared target needs', () => {
  const at = (address: string, port = 443) => ({ ref: { address, port } });

  it('are refused, with the place and the address', () => {
    const { check } = narrowed({ declared: [at('10.1.0.5')] });
    expect(check).toThrow(
      expect.objectContaining({
        code: 'STILL_REFERENCED',
        message: '10.1.0.0/16 is still needed by target a of orders (10.1.0.5:443)',
        place: expect.objectContaining({ path: 'links.eu.allowlist' }),
        remedy: 'Add a block with 10.1.0.5 to the allowlist, or remove the target.',
        details: { linkId: 'l-1', dependents: [{ what: 'target a of orders', address: '10.1.0.5' }] },
      }),
    );
  });

  it('are refused for one that exists, where it is', () => {
    const target = { kind: 'address', id: 't-1', resourceId: '10.1.0.6', port: 443 };
    expect(narrowed({ declared: [{ target, ...at('10.9.0.1') }] }).check).toThrow(
      expect.objectContaining({ message: expect.stringContaining('10.1.0.6') }),
    );
  });

  it('are not refused where another entry allows it, one that stays or one that is declared', () => {
    const inside = { declared: [at('10.1.0.5')] };
    const wide = entry('10.0.0.0/8');
    const region = {
      allowlists: [{ linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [OLD, wide], wider: [] }],
    };
    expect(narrowed({ ...inside, region }).check).not.toThrow();
    expect(
      narrowed({ ...inside, region: { allowlists: [{ ...region.allowlists[0]!, linkId: 'l-2' }] } }).check,
    ).toThrow();
    expect(narrowed({ ...inside, plan: { entries: [wide] } }).check).not.toThrow();
    expect(narrowed({ ...inside, plan: { entries: undefined }, region: { allowlists: [] } }).check).toThrow();
  });

  it.each<[string, Scene]>([
    ['it is elsewhere', { declared: [at('10.2.0.5')] }],
    ['its port is another one', { declared: [at('10.1.0.5', 80)] }],
    ['it is on another link', { declared: [{ ...at('10.1.0.5'), link: 'us' }] }],
    ['where it is was not read', { declared: [{ ref: { listener: 'x' } }] }],
    [
      'the entries are kept',
      { declared: [at('10.1.0.5')], draft: draftOf({ scope: undefined }), region: { whole: [] } },
    ],
  ])('are not refused where %s', (_, scene) => {
    expect(narrowed(scene).check).not.toThrow();
  });

  it('are refused where the entries are removed before others are added', () => {
    const first = step(
      { id: 'revoke first', kind: 'revoke', resource: { type: 'allowlist', name: 'eu' }, reason: '' },
      { linkRef: { kind: 'vpc-link-v2', id: 'l-1' }, entries: [OLD] },
    );
    const other = step(
      { id: 'other', kind: 'allow', resource: { type: 'allowlist', name: 'eu' }, reason: '' },
      { linkRef: { kind: 'vpc-link-v2', id: 'l-1' }, entries: [OLD] },
    );
    const plan = { extra: [], steps: [first] };
    const given = narrowed({ declared: [at('10.1.0.5')], plan });
    expect(given.check).toThrow(expect.objectContaining({ code: 'STILL_REFERENCED' }));
    expect(given.gone).toEqual([]);
    expect(given.draft.narrowing).toHaveLength(1);
    expect(narrowed({ plan, draft: draftOf({ scope: undefined }), region: { whole: [] } }).notes).toEqual([]);
    expect(narrowed({ declared: [at('10.1.0.5')], plan: { extra: [], steps: [other] } }).check).not.toThrow();
    const both = { extra: [entry('10.3.0.0/16')], steps: [first] };
    expect(narrowed({ declared: [at('10.1.0.5')], plan: both }).check).toThrow();
  });

  it('name at most five addresses, each once', () => {
    const declared = [1, 2, 3, 4, 5, 6, 1].map((last) => at(`10.1.0.${last}`));
    expect(narrowed({ declared }).check).toThrow(
      expect.objectContaining({
        remedy:
          'Add a block with 10.1.0.1, 10.1.0.2, 10.1.0.3, 10.1.0.4, 10.1.0.5 to the allowlist, or remove the target.',
      }),
    );
  });

  it('are refused for an instance that is declared and does not exist as a target yet', () => {
    const base = { networkId: 'vpc-1', subnetId: 's-1', securityGroupIds: [], raw: null };
    const interfaces = [{ ...base, id: 'eni-1', addresses: ['10.1.0.7'], attachedTo: 'i-1' }] as never;
    expect(narrowed({ declared: [{ ref: { instance: 'i-1', port: 443 } }], region: { interfaces } }).check).toThrow(
      expect.objectContaining({ message: expect.stringContaining('10.1.0.7:443') }),
    );
  });
});
