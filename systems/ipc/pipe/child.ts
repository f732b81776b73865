process.stdout.write('twenty-four bytes of text');
