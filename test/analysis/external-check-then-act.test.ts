import { describe, expect, test } from 'vitest';
import { findings } from './expectations.js';
import { pair } from './pairs.js';

const told = (code: string): string[] => findings(code).map(({ rule }) => rule);

const pairs = [
  pair('handed rows are checked, and taken away after other work', `
    import { Invoice, Line } from './models';

    export async function erase(invoices: readonly Invoice[]) {
      const open = invoices.find((invoice) => !invoice.cancelledAt);
      if (open) {
        throw new Error(\`\${open.number} is not cancelled\`);
      }
      const ids = invoices.map((invoice) => invoice.id);
      await Line.destroy({ where: { invoiceId: ids } });
      return Invoice.scope('withLines').destroy({ where: { id: ids<<|||, cancelledAt: { not: null }>> }, force: true });
    }`),
  pair('a row of Prisma is found, checked and removed', `
    import { prisma } from './db';

    export async function withdraw(id: string) {
      const offer = await prisma.offer.findUniqueOrThrow({ where: { id } });
      if (offer.status !== 'open') throw new Error('too late');
      await prisma.offer.deleteMany({ where: { id: offer.id<<|||, status: 'open'>> } });
    }`),
  pair('what was checked is taken from by an operation that asks nothing', `
    import { Account } from './models';
    import { ship } from './warehouse';

    export async function order(id: string, price: number) {
      const account = await Account.findByPk(id);
      if (account.balance < price) throw new Error('not enough');
      await Account.decrement('balance', { by: price, where: { id: account.id<<|||, balance: { gte: price }>> } });
      await ship(id);
    }`),
  pair('an invitation that is good for one', `
    export class Invitations {
      constructor(private readonly invitations: Repository<Invitation>, private readonly members: Members) {}

      async accept(id: string, user: string) {
        const invitation = await this.invitations.findOneByOrFail({ id });
        if (invitation.status !== 'pending') throw new Error('used already');
        <<await this.invitations.update(invitation.id, { status: 'accepted' });|||const { affected } = await this.invitations.update({ id: invitation.id, status: 'pending' }, { status: 'accepted' });
        if (affected === 0) throw new Error('used already');>>
        await this.members.add(user, invitation.team);
      }
    }`),
  pair('the last one is asked for by a method of the model', `
    export class Owner extends Model {
      async leave() {
        <<const others = await (this.constructor as typeof Owner).count({ where: { teamId: this.teamId } });
        if (others > 1) {
          await this.destroy();
          return;
        }
        throw new Error('somebody has to stay');|||await Owner.leaveAsOneOfSeveral(this.id, this.teamId);>>
      }
    }`),
  pair('a limit inside a transaction', `
    import { sequelize } from './database';
    import { Token } from './models';

    export const issue = (userId: string) => sequelize.transaction(async (transaction) => {
      const { count } = await Token.findAndCountAll({ where: { userId }, transaction<<|||, lock: true>> });
      if (count >= 5) throw new Error('five at most');
      return await Token.create({ userId }, { transaction });
    });`),
];

describe('external-check-then-act', () => {
  test.each(pairs)('%s', (_name, racy, cured) => {
    expect({ racy: told(racy), cured: told(cured) }).toEqual({ racy: ['external-check-then-act'], cured: [] });
  });

  test('a message names what is checked and where the rows go', () => {
    const [finding] = findings(pairs[0]![1]);
    expect(finding!.message).toBe('`cancelledAt` of `invoices` is checked at line 6, `erase` suspends at line 10, and `destroy` at line 11 names the rows without it: one where it has changed by then is not spared.');
  });
});

const silent = {
  'whose a row is does not change': `
    import { Note } from './models';
    export async function remove(id: string, user: { id: string }) {
      const note = await Note.findOne({ where: { id } });
      if (note.userId !== user.id) throw new Error('not yours');
      await Note.destroy({ where: { id: note.id } });
    }`,
  'what was asked for is no row': `
    import { Note } from './models';
    export async function remove(options: { id: string; confirmed: boolean }) {
      if (!options.confirmed) throw new Error('sure?');
      await log('removing');
      await Note.destroy({ where: { id: options.id } });
    }`,
  'another field is set': `
    import { Note } from './models';
    export async function rename(id: string, text: string) {
      const note = await Note.findOne({ where: { id } });
      if (note.isSealed) throw new Error('sealed');
      await Note.update({ text }, { where: { id: note.id } });
    }`,
  'a flag that may as well be set twice': `
    import { User } from './models';
    export async function verify(id: string) {
      const user = await User.findByPk(id);
      if (user.verified) throw new Error('verified already');
      await User.update({ verified: true }, { where: { id: user.id } });
    }`,
  'rows are locked': `
    import { Note } from './models';
    export async function remove(id: string, transaction: Transaction) {
      const note = await Note.findOne({ where: { id }, lock: transaction.LOCK.UPDATE, transaction });
      if (note.isSealed) throw new Error('sealed');
      await Note.destroy({ where: { id: note.id }, transaction });
    }`,
  'a number that is shown': `
    import { Note } from './models';
    export async function page(userId: string) {
      const count = await Note.count({ where: { userId } });
      if (count === 0) return [];
      return await Note.findAll({ where: { userId } });
    }`,
  'what is counted is of another model': `
    import { Note, Visit } from './models';
    export async function open(userId: string) {
      const count = await Note.count({ where: { userId } });
      if (count > 100) await Visit.create({ userId, kind: 'heavy' });
    }`,
};

describe('external-check-then-act is silent', () => {
  test.each(Object.entries(silent))('%s', (_name, code) => {
    expect(told(code)).toEqual([]);
  });
});
