//! Where nothing carries an effect from one home to another, allocation changes nobody but those it chose.
