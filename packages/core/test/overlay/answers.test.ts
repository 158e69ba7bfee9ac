import { describe, expect, it } from 'vitest';
import type { SymbolOf } from '../../src/overlay/declared/open.js';
import type { Instance } from '../../src/overlay/declared/values.js';
import { Answers, AnswersWith } from '../../src/overlay/terraform/references/answers.js';

const instance = (address: string): Instance => ({
  address,
  type: 'aws_subnet',
  mode: 'managed',
  actions: ['create'],
  deposed: false,
  before: undefined,
  after: {},
  unknown: false,
  sensitive: false,
});
const [one, other] = [instance('aws_subnet.one'), instance('aws_subnet.other')];

/** The IDs of a plan that is laid once: those of `other` may be others. */
const ids =
  (of: string): SymbolOf =>
  ({ address }) =>
    address === other.address ? of : 'subnet-1';

describe('what references of a plan name', () => {
  it('is looked for once, however often the plan is laid', () => {
    const [answers, looked] = [new Answers(), [] as string[]];
    for (const of of ['subnet-2', 'subnet-2', 'subnet-2']) {
      const own = new AnswersWith(answers, ids(of));
      for (const again of [1, 2])
        expect(
          own.find(one, 'subnets', () => {
            looked.push(`${again}`);
            return [own.symbolOf(other, 'id')];
          }),
        ).toEqual(['subnet-2']);
    }
    expect(looked).toEqual(['1']);
  });

  it('is looked for again where an ID is another one, which it was found by', () => {
    const answers = new Answers();
    const found = ['subnet-2', 'subnet-3'].map((of) => {
      const own = new AnswersWith(answers, ids(of));
      return own.find(one, 'subnets', () => own.symbolOf(other, 'id'));
    });
    expect(found).toEqual(['subnet-2', 'subnet-3']);
  });

  it.each([
    ['found in it', false],
    ['found before it', true],
  ])('depends on the IDs of an answer that is %s', (_, isBefore) => {
    const answers = new Answers();
    const found = ['subnet-2', 'subnet-3'].map((of) => {
      const own = new AnswersWith(answers, ids(of));
      const inner = (): string | undefined => own.find(other, 'id', () => own.symbolOf(other, 'id'));
      if (isBefore) inner();
      return own.find(one, 'subnets', inner);
    });
    expect(found).toEqual(['subnet-2', 'subnet-3']);
  });

  it('is not kept where more than IDs decides', () => {
    const answers = new Answers();
    const found = ['a', 'b'].map((value) => {
      const own = new AnswersWith(answers, ids('subnet-2'));
      return own.find(one, 'outer', () =>
        own.find(one, 'inner', () => {
          own.forget();
          return value;
        }),
      );
    });
    expect(found).toEqual(['a', 'b']);
  });
});
