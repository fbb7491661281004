

// nothing
/**/ ;;; 
#