// pnpm puts the versions of the workspace's packages into a manifest in the order in which it has read them, which varies. Sorted, two
// packings of the same sources give the same bytes.
const sorted = (members) => Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));

const GROUPS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

module.exports = {
  hooks: {
    beforePacking: (manifest) => {
      const groups = GROUPS.filter((group) => manifest[group] !== undefined);
      return { ...manifest, ...Object.fromEntries(groups.map((group) => [group, sorted(manifest[group])])) };
    },
  },
};
