import * as vscode from 'vscode';
import { commands } from './commands.js';

/** Says why nothing is done, and where trust can be given. `what` begins: it tells what would run. */
export async function askForTrust(what: string): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const answer = await vscode.window.showInformationMessage(`${what} Nothing is run before you trust the workspace.`, manage);
  if (answer === manage) await vscode.commands.executeCommand(commands.manageTrust);
}
