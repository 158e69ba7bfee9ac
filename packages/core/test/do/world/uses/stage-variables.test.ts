import { describe, expect, it } from 'vitest';
import type { GatewayUse } from '../../../../src/do/model/gateway.js';
import { withVariables } from '../../../../src/do/world/uses/stage-variables.js';

const draft = { targetId: '#target#' } as GatewayUse;

describe('the values of stage variables', () => {
  it('make one use of a draft for each different value', () => {
    const values = { prod: { target: 'a' }, canary: { target: 'a' }, test: { target: 'b' } };
    expect(withVariables(draft, values).map(({ targetId }) => targetId)).toEqual(['a', 'b']);
  });

  it('leave a draft as it is where no stage has the variable: it must not seem unused', () => {
    expect(withVariables(draft, {})).toEqual([draft]);
    expect(withVariables(draft, { prod: { other: 'a' } })).toEqual([draft]);
  });

  it('are those of its own stage for a deployed use', () => {
    const deployed = { ...draft, stage: 'prod' };
    expect(withVariables(deployed, { prod: { target: 'a' } })).toEqual([{ ...deployed, targetId: 'a' }]);
    expect(withVariables(deployed, { test: { target: 'b' } })).toEqual([deployed]);
  });
});
