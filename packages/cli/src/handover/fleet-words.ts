/** What help says of hand-overs of fleets. */
export const handoverWords = {
  goal: 'handover',
  noun: 'hand-over',
  does: 'handover its hand-overs',
  summary: 'hand API groups over',
  examples: ['postern fleet up --goal handover --allow-purchase --yes'],
} as const;
